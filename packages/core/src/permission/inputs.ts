import type { Blueprint } from '../blueprint/blueprint.ts';
import { splitMirrorPath } from '../blueprint/mirror-path.ts';
import { own } from '../json.ts';

/** What a value is made of. Whoever may not see all of that might not see the value either: it could tell. */
export type Inputs =
  /** Nothing but itself: somebody wrote it. */
  | { readonly kind: 'itself' }
  /** A mirror: the relations on its way, and the property at the end. */
  | { readonly kind: 'path'; readonly relations: readonly string[]; readonly property: string }
  /** A calculation: an expression that may look at anything of its entity. */
  | { readonly kind: 'entity' }
  /** An aggregation: entities anywhere in the blueprints that relations connect with its own. */
  | { readonly kind: 'neighbourhood' };

export function inputsOf(definition: Blueprint, key: string): Inputs {
  const mirror = own(definition.mirrorProperties, key);
  if (mirror) return { kind: 'path', ...splitMirrorPath(mirror.path) };
  if (Object.hasOwn(definition.calculationProperties, key)) return { kind: 'entity' };
  return Object.hasOwn(definition.aggregationProperties, key) ? { kind: 'neighbourhood' } : { kind: 'itself' };
}

/** Blueprints that relations connect with one, whichever way and however far; itself among them. */
export function neighbourhoodOf(start: string, blueprints: readonly Blueprint[]): string[] {
  const links = blueprints.flatMap(({ identifier, relations }) =>
    Object.values(relations).map(({ target }) => [identifier, target] as const),
  );
  const reached = new Set([start]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const link of links) if (link.some((end) => reached.has(end))) for (const end of link) reached.add(end);
  }
  return [...reached];
}
