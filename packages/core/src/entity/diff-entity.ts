import { isSameJson, own } from '../json.ts';
import type { EntityContent } from './entity.ts';
import type { EntityChange, EntityDiff } from './entity-diff.ts';

/**
 * What turns `before` into `after`, or null when nothing changed. Values are compared as jsonb would: the order of keys
 * does not matter, 1.0 is 1, -0 is 0. Creating lists everything that is set.
 */
export function diffEntity(before: EntityContent | null, after: EntityContent): EntityDiff | null {
  const changes: EntityChange[] = [];
  compare(changes, 'identifier', before?.identifier, after.identifier);
  compare(changes, 'title', before?.title ?? undefined, after.title ?? undefined);
  compare(changes, 'icon', before?.icon ?? undefined, after.icon ?? undefined);
  compare(changes, 'team', unlessEmpty(before?.team), unlessEmpty(after.team));
  compareSection(changes, 'properties.', before?.properties, after.properties);
  compareSection(changes, 'relations.', before?.relations, after.relations);
  return changes.length > 0 ? changes : null;
}

function unlessEmpty(team: readonly string[] | undefined): readonly string[] | undefined {
  return team && team.length > 0 ? team : undefined;
}

function compareSection(
  changes: EntityChange[],
  prefix: string,
  before: Readonly<Record<string, unknown>> = {},
  after: Readonly<Record<string, unknown>>,
): void {
  for (const key in after) compare(changes, prefix + key, own(before, key), after[key]);
  for (const key in before) {
    if (own(after, key) === undefined && before[key] !== undefined)
      changes.push({ path: prefix + key, before: before[key] });
  }
}

function compare(changes: EntityChange[], path: string, before: unknown, after: unknown): void {
  if (before === after) return;
  if (before === undefined) changes.push({ path, after });
  else if (after === undefined) changes.push({ path, before });
  else if (!isSameJson(before, after)) changes.push({ path, before, after });
}
