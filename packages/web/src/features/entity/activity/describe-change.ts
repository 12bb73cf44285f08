import type { Answer, listChanges } from '@gantry/contract';
import type { Blueprint } from '@gantry/core';
import { titleFromKey } from '../../blueprints/title-from-key.ts';

export type Change = Answer<typeof listChanges>['changes'][number];

/** One field of a change in words. */
export interface FieldChange {
  path: string;
  title: string;
  verb: 'set' | 'changed' | 'cleared';
  before: unknown;
  after: unknown;
}

const metaTitles: Record<string, string> = {
  identifier: 'Identifier',
  title: 'Title',
  icon: 'Icon',
  team: 'Team',
};

/** The title of a changed path such as `properties.tier`, as the blueprint names it now. */
export function fieldTitle(path: string, blueprint: Blueprint | undefined): string {
  const [room = '', ...rest] = path.split('.');
  const key = rest.join('.');
  if (room === 'relations' && key) return blueprint?.relations[key]?.title || titleFromKey(key);
  if (room === 'properties' && key) return blueprint?.schema.properties[key]?.title || titleFromKey(key);
  return metaTitles[path] ?? path;
}

export function fieldChanges(change: Change, blueprint: Blueprint | undefined): FieldChange[] {
  return change.diff.map(({ path, before, after }) => ({
    path,
    title: fieldTitle(path, blueprint),
    verb: isUnset(before) ? 'set' : isUnset(after) ? 'cleared' : 'changed',
    before,
    after,
  }));
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** "Changed Tier and Owner": what happened, short enough for one line. */
export function changeSummary(change: Change, blueprint: Blueprint | undefined): string {
  if (change.action === 'created') return 'Created';
  if (change.action === 'deleted') return 'Moved to the trash';
  if (change.action === 'restored') return 'Restored from the trash';
  const titles = fieldChanges(change, blueprint).map(({ title }) => title);
  if (change.action === 'renamed') return 'Renamed';
  if (titles.length === 0) return 'Updated';
  const shown = titles.slice(0, 3);
  const hidden = titles.length - shown.length;
  if (hidden > 0) return `Changed ${shown.join(', ')} and ${hidden} more`;
  const last = shown.pop();
  return shown.length > 0 ? `Changed ${shown.join(', ')} and ${last}` : `Changed ${last}`;
}

export interface ChangeFilter {
  actions: readonly Change['action'][];
  origins: readonly string[];
}

/** The chips above the timeline: every action and origin that occurs, with its count, most frequent first. */
export function changeChips(changes: readonly Change[]): {
  actions: { value: Change['action']; count: number }[];
  origins: { value: string; count: number }[];
} {
  const count = <T>(values: readonly T[]) =>
    [...Map.groupBy(values, (value) => value)]
      .map(([value, members]) => ({ value, count: members.length }))
      .sort((a, b) => b.count - a.count);
  return {
    actions: count(changes.map(({ action }) => action)),
    origins: count(changes.map(({ origin }) => origin.label)),
  };
}

/** An empty list of a filter means all. */
export function filterChanges(changes: readonly Change[], { actions, origins }: ChangeFilter): Change[] {
  const fits = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);
  return changes.filter(({ action, origin }) => fits(actions, action) && fits(origins, origin.label));
}
