import type { Provenance } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/** SQL of what sources vouch for. Every statement takes any number of entities. */

/** What is stored under a name a source brings, as far as a reading has to know. */
export interface KnownEntity {
  readonly id: string;
  readonly properties: readonly string[];
  readonly relations: readonly string[];
  readonly provenance: Provenance;
  /** Origins within the provenance that are files. */
  readonly fileOrigins: readonly number[];
  /** What this source said last; null when it never spoke of it. */
  readonly contentHash: string | null;
  readonly isMissing: boolean;
  /** Another source that vouches for it; the demo organization gives way to anybody. */
  readonly claimedBy: string | null;
}

interface KnownRow {
  place: number;
  id: string;
  properties: string[];
  relations: string[];
  provenance: Provenance;
  file_origins: number[];
  content_hash: string | null;
  is_missing: boolean;
  claimed_by: string | null;
}

const selectKnown = statement<KnownRow>(
  'sighting.known',
  `select key.place::int, e.id,
          array(select jsonb_object_keys(e.properties)) as properties,
          array(select jsonb_object_keys(e.relations)) as relations,
          e.provenance,
          array(
            select o.id from origin o
            where o.kind = 'file' and o.id in (select (value ->> 0)::int from jsonb_each(e.provenance))
          ) as file_origins,
          mine.content_hash, mine.missing_since is not null as is_missing, other.label as claimed_by
   from unnest($1::text[], $2::text[]) with ordinality as key (blueprint, identifier, place)
   join blueprint b on b.identifier = key.blueprint
   join entity e on e.blueprint_id = b.id and e.identifier = key.identifier
   left join sighting mine on mine.entity_id = e.id and mine.source_id = $3
   left join lateral (
     select source.label from sighting s join source on source.id = s.source_id
     where s.entity_id = e.id and s.source_id <> $3 and s.missing_since is null and source.removed_at is null
       and source.kind <> 'demo'
     order by s.first_seen_at, s.source_id limit 1
   ) as other on true`,
);

export interface EntityKey {
  readonly blueprint: string;
  readonly identifier: string;
}

/** What is known under each of these names, in their order; null where nothing is. */
export async function readKnown(
  db: Queries,
  sourceId: number,
  keys: readonly EntityKey[],
): Promise<(KnownEntity | null)[]> {
  const values = [keys.map(({ blueprint }) => blueprint), keys.map(({ identifier }) => identifier), sourceId];
  const rows = new Map((await run(db, selectKnown, values)).map((row) => [row.place, row]));
  return keys.map((_key, index) => {
    const row = rows.get(index + 1);
    if (!row) return null;
    const { file_origins, content_hash, is_missing, claimed_by, id, properties, relations, provenance } = row;
    return {
      ...{ id, properties, relations, provenance },
      fileOrigins: file_origins,
      contentHash: content_hash,
      isMissing: is_missing,
      claimedBy: claimed_by,
    };
  });
}

const renew = statement(
  'sighting.seenAgain',
  `update sighting set seen_at = $3, missing_since = null, problem = null, location = seen.location
   from unnest($2::bigint[], $4::text[]) as seen (entity_id, location)
   where sighting.source_id = $1 and sighting.entity_id = seen.entity_id`,
);

/** The source says of these what it said before. */
export async function renewSightings(
  db: Queries,
  sourceId: number,
  seen: readonly { readonly id: string; readonly location: string }[],
  at: Date,
): Promise<void> {
  await run(db, renew, [sourceId, seen.map(({ id }) => id), at, seen.map(({ location }) => location)]);
}

export interface Sighting extends EntityKey {
  readonly entityId: string;
  readonly ref: string;
  readonly location: string;
  readonly isMissing: boolean;
  /** No other source vouches for it. */
  readonly isOnly: boolean;
}

const selectSightings = statement<{
  entity_id: string;
  ref: string;
  location: string;
  blueprint: string;
  identifier: string;
  is_missing: boolean;
  is_only: boolean;
}>(
  'sighting.list',
  `select s.entity_id, coalesce(s.ref, '') as ref, coalesce(s.location, '') as location, b.identifier as blueprint,
          e.identifier, s.missing_since is not null as is_missing,
          not exists (
            select from sighting other join source on source.id = other.source_id
            where other.entity_id = s.entity_id and other.source_id <> s.source_id
              and other.missing_since is null and source.removed_at is null
          ) as is_only
   from sighting s join entity e on e.id = s.entity_id join blueprint b on b.id = e.blueprint_id
   where s.source_id = $1
   order by b.identifier collate "C", e.identifier`,
);

/** Everything a source ever vouched for and that still exists. */
export async function listSightings(db: Queries, sourceId: number): Promise<Sighting[]> {
  const rows = await run(db, selectSightings, [sourceId]);
  return rows.map(({ entity_id, is_missing, is_only, ...row }) => ({
    ...row,
    entityId: entity_id,
    isMissing: is_missing,
    isOnly: is_only,
  }));
}

const mark = statement(
  'sighting.markMissing',
  `update sighting set missing_since = $3 where source_id = $1 and entity_id = any($2::bigint[]) and missing_since is null`,
);

/** A complete answer of the source no longer holds these. */
export async function markMissing(db: Queries, sourceId: number, ids: readonly string[], at: Date): Promise<void> {
  await run(db, mark, [sourceId, ids, at]);
}

const markEvery = statement(
  'sighting.markAllMissing',
  'update sighting set missing_since = $2 where source_id = $1 and missing_since is null',
);

export async function markAllMissing(db: Queries, sourceId: number, at: Date): Promise<void> {
  await run(db, markEvery, [sourceId, at]);
}

const forget = statement(
  'sighting.forget',
  'delete from sighting where source_id = $1 and entity_id = any($2::bigint[])',
);

/** The source has no more to do with these. */
export async function forgetSightings(db: Queries, sourceId: number, ids: readonly string[]): Promise<void> {
  await run(db, forget, [sourceId, ids]);
}

const blame = statement(
  'sighting.blame',
  `update sighting set problem = found.problem
   from json_to_recordset($2::json) as found (ref text, problem jsonb)
   where sighting.source_id = $1 and sighting.ref = found.ref`,
);

/** Why the newest version of an entity could not be taken; the last good one is kept meanwhile. */
export async function recordProblems(
  db: Queries,
  sourceId: number,
  problems: readonly { readonly ref: string; readonly problem: object }[],
): Promise<void> {
  if (problems.length > 0) await run(db, blame, [sourceId, JSON.stringify(problems)]);
}

const count = statement<{ source_id: number; entities: string; stale: string }>(
  'sighting.count',
  `select source_id, count(*) filter (where missing_since is null) as entities,
          count(*) filter (where missing_since is not null) as stale
   from sighting group by source_id`,
);

export interface SightingCount {
  readonly entities: number;
  readonly stale: number;
}

/** How many entities each source vouches for, and how many it has lost. */
export async function countSightings(db: Queries): Promise<Map<number, SightingCount>> {
  const rows = await run(db, count, []);
  return new Map(rows.map((row) => [row.source_id, { entities: Number(row.entities), stale: Number(row.stale) }]));
}

const selectMissing = statement<{ source_id: number; blueprint: string; identifier: string }>(
  'sighting.missing',
  `select s.source_id, b.identifier as blueprint, e.identifier
   from sighting s join entity e on e.id = s.entity_id join blueprint b on b.id = e.blueprint_id
   where s.missing_since is not null
   order by b.identifier collate "C", e.identifier limit $1`,
);

/** What sources have lost and nobody has confirmed, by source; at most `limit` in all. */
export async function listMissing(db: Queries, limit: number): Promise<Map<number, EntityKey[]>> {
  const rows = await run(db, selectMissing, [limit]);
  const bySource = Map.groupBy(rows, (row) => row.source_id);
  return new Map(
    [...bySource].map(([id, members]) => [id, members.map(({ blueprint, identifier }) => ({ blueprint, identifier }))]),
  );
}
