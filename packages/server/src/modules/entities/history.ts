import { type EntityDiff, Refusal } from '@gantry/core';
import { actorNames } from '../../db/actor-names.ts';
import type { Db } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { StoredBlueprint } from '../blueprints/index.ts';
import { pageSize } from './trash.ts';

const findId = statement<{ id: string }>(
  'history.findId',
  `select id from entity where blueprint_id = $1 and identifier = $2
   union all
   (select id from trash where blueprint_id = $1 and identifier = $2 order by deleted_at desc limit 1)
   limit 1`,
);

/** A deleted entity still has its history, as long as it lies in the trash. @throws Refusal `not_found` */
async function idOf(db: Db, { id, identifier: blueprint }: StoredBlueprint, identifier: string): Promise<string> {
  const [found] = await run(db, findId, [id, identifier]);
  if (!found) throw new Refusal('not_found', `There is no ${blueprint} \`${identifier}\`.`);
  return found.id;
}

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

const readChanges = statement<ChangeRow>(
  'history.readChanges',
  `select c.id, c.at, c.action, c.diff, c.actor,
          name.label as actor_label, coalesce(name.kind, 'system') as actor_kind,
          o.kind as origin_kind, o.label as origin_label, o.url as origin_url
   from change c
   join origin o on o.id = c.origin_id
   left join ${actorNames} name on name.id = c.actor
   where c.entity_id = $1 and c.id < $2
   order by c.id desc limit $3`,
);

const LAST = '9223372036854775807';

/** A page of what happened to an entity, newest first. @throws Refusal `not_found`, `invalid_request` */
export async function listChanges(
  db: Db,
  stored: StoredBlueprint,
  identifier: string,
  { limit, from }: { limit?: string; from?: string },
) {
  if (from !== undefined && !/^\d{1,18}$/.test(from)) {
    throw new Refusal('invalid_request', '`from` is not the `next` of an earlier page. Start again without it.');
  }
  const size = pageSize(limit);
  const entityId = await idOf(db, stored, identifier);
  const rows = await run(db, readChanges, [entityId, from ?? LAST, size + 1]);
  const page = rows.slice(0, size);
  return {
    changes: page.map((row) => ({
      ...{ id: row.id, at: row.at.toISOString(), action: row.action },
      actor: { id: row.actor, label: row.actor_label ?? row.actor, kind: row.actor_kind },
      origin: {
        kind: row.origin_kind,
        label: row.origin_label,
        ...(row.origin_url === null ? {} : { url: row.origin_url }),
      },
      diff: row.diff.map(({ path, ...sides }) => ({ path, ...sides })),
    })),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
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
 * the sources that vouch for it, and what is wrong with what they said last. @throws Refusal `not_found`
 */
export async function describeProvenance(db: Db, stored: StoredBlueprint, identifier: string) {
  const entityId = await idOf(db, stored, identifier);
  const [origins, sightings] = await Promise.all([
    run(db, readOrigins, [entityId]),
    run(db, readSightings, [entityId]),
  ]);
  return {
    properties: Object.fromEntries(
      origins.map(({ path, at, url, record, ...origin }) => [
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
      if (problem === null) return [];
      const { message, file, line } = problem;
      return [{ message, file, ...(line === undefined ? {} : { line }), at: seen_at.toISOString() }];
    }),
  };
}
