import { type Actor, type EntityDiff, Refusal } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { actorNames } from '../../db/actor-names.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import type { Db } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import { findSubject, seenDiffs, touchesSeen } from './subject.ts';
import { pageSize } from './trash.ts';

type Action = 'created' | 'updated' | 'renamed' | 'deleted' | 'restored';

interface ChangeRow {
  id: string;
  at: Date;
  action: Action;
  diff: EntityDiff;
  actor: string;
  actor_label: string | null;
  actor_kind: string;
  origin_kind: string;
  origin_label: string;
  origin_url: string | null;
}

const readChanges = (entityId: string, before: string, limit: number, condition: RawBuilder<unknown>) => sql<ChangeRow>`
  select c.id, c.at, c.action, c.diff, c.actor,
         name.label as actor_label, coalesce(name.kind, 'system') as actor_kind,
         o.kind as origin_kind, o.label as origin_label, o.url as origin_url
  from change c
  join origin o on o.id = c.origin_id
  left join ${actorNames} name on name.id = c.actor
  where c.entity_id = ${entityId} and c.id < ${before} and ${condition}
  order by c.id desc limit ${limit}`;

const LAST = '9223372036854775807';

/** A page of what happened to an entity, newest first, as far as it happened to what is seen of it. @throws Refusal `not_found`, `invalid_request` */
export async function listChanges(
  db: Db,
  scope: FilterScope,
  identifier: string,
  actor: Actor,
  { limit, from }: { limit?: string; from?: string },
) {
  if (from !== undefined && !/^\d{1,18}$/.test(from)) {
    throw new Refusal('invalid_request', '`from` is not the `next` of an earlier page. Start again without it.');
  }
  const size = pageSize(limit);
  const subject = await findSubject(db, scope, identifier, actor);
  const condition = touchesSeen(scope, subject, actor);
  const { rows } = await readChanges(subject.id, from ?? LAST, size + 1, condition).execute(db);
  const page = rows.slice(0, size);
  const diffs = await seenDiffs(
    ...([db, scope, subject] as const),
    page.map(({ diff }) => diff),
  );
  return {
    changes: page.flatMap((row, index) => {
      const diff = diffs[index] ?? [];
      return diff.length > 0 || row.diff.length === 0 ? [present(row, diff)] : [];
    }),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

function present(row: ChangeRow, diff: EntityDiff) {
  return {
    ...{ id: row.id, at: row.at.toISOString(), action: row.action },
    actor: { id: row.actor, label: row.actor_label ?? row.actor, kind: row.actor_kind },
    origin: {
      kind: row.origin_kind,
      label: row.origin_label,
      ...(row.origin_url === null ? {} : { url: row.origin_url }),
    },
    diff: diff.map(({ path, ...sides }) => ({ path, ...sides })),
  };
}

interface OriginRow {
  path: string;
  at: string;
  kind: string;
  label: string;
  url: string | null;
  record: Record<string, unknown> | null;
}

const readOrigins = statement<OriginRow>(
  'history.readOrigins',
  `select stamp.key as path, stamp.value ->> 1 as at, o.kind, o.label, o.url, o.record
   from entity e cross join lateral jsonb_each(e.provenance) as stamp
   join origin o on o.id = (stamp.value ->> 0)::int
   where e.id = $1 order by stamp.key collate "C"`,
);

interface SightingRow {
  id: string;
  kind: string;
  label: string;
  first_seen_at: Date;
  seen_at: Date;
  missing_since: Date | null;
  problem: { message: string; file: string; line?: number } | null;
}

const readSightings = statement<SightingRow>(
  'history.readSightings',
  `select s.id::text, s.kind, s.label, seen.first_seen_at, seen.seen_at, seen.missing_since, seen.problem
   from sighting seen join source s on s.id = seen.source_id
   where seen.entity_id = $1 order by s.id`,
);

/**
 * Why an entity says what it says: `*` for all its values, and each path that came from elsewhere or at another time;
 * the sources that vouch for it, and what is wrong with what they said last, which may quote anything of it. @throws Refusal `not_found`
 */
export async function describeProvenance(db: Db, scope: FilterScope, identifier: string, actor: Actor) {
  const subject = await findSubject(db, scope, identifier, actor);
  const [origins, sightings] = await Promise.all([
    run(db, readOrigins, [subject.id]),
    run(db, readSightings, [subject.id]),
  ]);
  return {
    properties: Object.fromEntries(
      origins
        .filter(({ path }) => subject.seesPath(path))
        .map(({ path, at, url, record, ...origin }) => [
          path,
          {
            origin: { ...origin, ...(url === null ? {} : { url }), ...(record === null ? {} : { record }) },
            at: new Date(Number(at)).toISOString(),
          },
        ]),
    ),
    sightings: sightings.map(({ id, kind, label, ...seen }) => ({
      source: { id, kind, label },
      firstSeenAt: seen.first_seen_at.toISOString(),
      lastSeenAt: seen.seen_at.toISOString(),
      stale: seen.missing_since !== null,
    })),
    problems: sightings.flatMap(({ problem, seen_at }) => {
      if (problem === null || !subject.isSeenWhole) return [];
      const { message, file, line } = problem;
      return [{ message, file, ...(line === undefined ? {} : { line }), at: seen_at.toISOString() }];
    }),
  };
}
