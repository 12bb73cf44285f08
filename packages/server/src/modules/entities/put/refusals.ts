import { type Problem, Refusal, refuseInvalid } from '@gantry/core';
import type { StoredBlueprint } from '../../blueprints/index.ts';
import type { Key } from '../store.ts';

/** As much of an item as a refusal names. */
interface Named {
  readonly stored: StoredBlueprint;
  readonly key: Key;
}

export function remedyFor({ identifier }: StoredBlueprint): string {
  return `Ask an administrator or a moderator of ${identifier} for it.`;
}

/** The same words whether something hidden has the name or the actor may register nothing of the kind. */
export function refuseRegistering({ stored, key: { identifier } }: Named): Refusal {
  return new Refusal('forbidden', `You may not register ${stored.identifier} \`${identifier}\`. ${remedyFor(stored)}`);
}

export function refuseChanging({ stored, key }: Named, paths: readonly string[]): Refusal {
  const remedy = remedyFor(stored);
  const problems: Problem[] = paths.map((path) => {
    return { path, message: 'may not be changed by you, or not to what you sent', remedy };
  });
  const what = `${paths.join(', ')} of ${stored.identifier} \`${key.identifier}\``;
  const message = `You may not change ${what}, or not to what you sent. ${remedy}`;
  return new Refusal('forbidden', message, { problems });
}

/** A name in a relation that leads to nothing. */
export interface Missing extends Key {
  readonly path: string;
  readonly stored: StoredBlueprint;
}

/** Exporters retry on exactly this code, once the missing entity has had time to arrive. */
export function refuseMissing(missing: readonly Missing[]): Refusal {
  const problems: Problem[] = missing.map(({ path, stored, identifier }) => ({
    path,
    message: `names ${stored.identifier} \`${identifier}\`, which does not exist`,
    remedy: stored.isSystem ? 'create it first' : 'create it first, or add create_missing_related_entities=true',
  }));
  const message = problems.map((problem) => `${problem.path} ${problem.message}`).join('; ');
  return new Refusal('not_found', `${message}. Create what is missing first.`, { problems });
}

/** A search in place of an identifier found none, or too many. */
export function refuseSearch({ identifier }: StoredBlueprint, count: number): Refusal {
  return count === 0
    ? new Refusal('not_found', `No entity of ${identifier} matches the search in \`identifier\`; none was created.`)
    : refuseInvalid([
        {
          path: 'identifier',
          message: `the search matches more than one entity of ${identifier}`,
          remedy: 'search by what exactly one entity has',
        },
      ]);
}
