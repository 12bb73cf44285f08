import { CallFailure } from '../../data/client.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import type { Draft } from './draft.ts';
import { messages } from './messages.ts';

/** What is wrong, by field: `identifier`, `title`, `team`, `properties.key`, `relations.key`; '' is the whole. */
export type FieldProblems = Readonly<Record<string, string>>;

/** The server's refusal, each problem at the field it is about. */
export function problemsOf(error: unknown): FieldProblems {
  if (!(error instanceof CallFailure)) return { '': error instanceof Error ? error.message : String(error) };
  const { answer } = error;
  if (answer?.error === 'already_exists') return { identifier: error.message };
  const listed = (answer?.problems ?? []).map(
    ({ path, message, remedy }) => [fieldOf(path), remedy ? `${message}. ${remedy}` : message] as const,
  );
  return listed.length > 0 ? joined(listed) : { '': error.message };
}

/** `properties.tags.0` is about the field `properties.tags`. */
function fieldOf(path: string): string {
  const [room = '', key] = path.split('.');
  return (room === 'properties' || room === 'relations') && key ? `${room}.${key}` : room;
}

/** Several problems of one field are one text. */
function joined(listed: readonly (readonly [field: string, message: string])[]): FieldProblems {
  const byField = new Map<string, string>();
  for (const [field, message] of listed) {
    const before = byField.get(field);
    byField.set(field, before ? `${before} · ${message}` : message);
  }
  return Object.fromEntries(byField);
}

/** What the form itself can see: required fields without a value. */
export function missingIn(draft: Draft, blueprint: ModelBlueprint): FieldProblems {
  const properties = blueprint.schema.required
    .filter((key) => draft.properties[key] === undefined)
    .map((key) => [`properties.${key}`, messages.needed]);
  const relations = Object.entries(blueprint.relations)
    .filter(([key, relation]) => relation.required && draft.relations[key] === undefined)
    .map(([key]) => [`relations.${key}`, messages.needed]);
  return Object.fromEntries([...properties, ...relations]);
}
