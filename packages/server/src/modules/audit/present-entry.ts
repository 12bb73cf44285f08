import type { Answer, listAuditLog } from '@gantry/contract';
import type { EntityDiff } from '@gantry/core';
import type { EntryRow } from './find-entries.ts';

export type PresentedEntry = Answer<typeof listAuditLog>['audits'][number];

/** An entry as the API answers it. Source of its shape: port-api.md §10.5. */
export function presentEntry(row: EntryRow) {
  return {
    identifier: row.id,
    action: row.action,
    resourceType: row.resource_type,
    status: row.status,
    trigger: {
      by: { userId: row.actor, label: row.actor_label, kind: row.actor_kind },
      at: row.at.toISOString(),
      origin: row.channel,
    },
    context: row.context,
    diff: row.diff ? diffOfEntity(row.diff, row.details.change) : { before: row.before, after: row.after },
    ...(row.message === null ? {} : { message: row.message }),
    additionalData: row.details,
  } satisfies PresentedEntry;
}

/** What was different, in the shape of an entity; nothing on the side where there was none. */
function diffOfEntity(diff: EntityDiff, change: unknown) {
  return {
    before: change === 'created' || change === 'restored' ? null : sideOf(diff, 'before'),
    after: change === 'deleted' ? null : sideOf(diff, 'after'),
  };
}

function sideOf(diff: EntityDiff, side: 'before' | 'after'): Record<string, unknown> {
  const top: [string, unknown][] = [];
  const sections = new Map<string, [string, unknown][]>();
  for (const { path, [side]: value } of diff) {
    if (value === undefined) continue;
    // Keys may hold dots: only the first one parts a section from its key.
    const [, section, key] = /^(properties|relations)\.(.*)$/su.exec(path) ?? [];
    if (section === undefined || key === undefined) top.push([path, value]);
    else sections.set(section, [...(sections.get(section) ?? []), [key, value]]);
  }
  const nested = [...sections].map(([section, entries]): [string, unknown] => [section, Object.fromEntries(entries)]);
  return Object.fromEntries([...top, ...nested]);
}
