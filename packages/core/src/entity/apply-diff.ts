import type { EntityContent } from './entity.ts';
import type { EntityDiff } from './entity-diff.ts';

const nothing: EntityContent = { identifier: '', title: null, icon: null, team: [], properties: {}, relations: {} };

/** The content after a diff: `applyDiff(before, diffEntity(before, after))` is `after`. */
export function applyDiff(before: EntityContent | null, diff: EntityDiff): EntityContent {
  return patch(
    before ?? nothing,
    diff.map(({ path, after }) => [path, after] as const),
  );
}

/** The content before a diff, or null when the diff created the entity: how an earlier moment is found from a later. */
export function revertDiff(after: EntityContent, diff: EntityDiff): EntityContent | null {
  const creates = diff.some(({ path, before }) => path === 'identifier' && before === undefined);
  return creates
    ? null
    : patch(
        after,
        diff.map(({ path, before }) => [path, before] as const),
      );
}

/** Sets each path to its value; undefined unsets it. */
function patch(content: EntityContent, values: readonly (readonly [string, unknown])[]): EntityContent {
  const next = { ...content, properties: { ...content.properties }, relations: { ...content.relations } };
  for (const [path, value] of values) setAt(next, path, value);
  return next;
}

function setAt(content: EntityContent, path: string, value: unknown): void {
  if (path.startsWith('properties.')) set(content.properties, path.slice('properties.'.length), value);
  else if (path.startsWith('relations.')) set(content.relations, path.slice('relations.'.length), value);
  else if (path === 'team') content.team = (value ?? []) as string[];
  else if (path === 'identifier') content.identifier = (value ?? '') as string;
  else if (path === 'title' || path === 'icon') content[path] = (value ?? null) as string | null;
}

function set(section: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete section[key];
  else section[key] = value;
}
