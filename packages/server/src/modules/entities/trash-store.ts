import type { EntityDiff } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { Key } from './store.ts';

/** SQL of deletion: set-based as well, from the search for dependents to the trash. */

const lockBlueprints = statement(
  'blueprint.lockAlone',
  'select from blueprint where id = any($1::int[]) order by id for update',
);

/** Waits for everybody who writes to these blueprints or points at them, and keeps others out. */
export async function lockAlone(trx: Queries, blueprintIds: readonly number[]): Promise<void> {
  await run(trx, lockBlueprints, [blueprintIds]);
}

const lockDoomed = statement<{ id: string; blueprint_id: number; identifier: string }>(
  'entity.lockDoomed',
  `select e.id, e.blueprint_id, e.identifier
   from unnest($1::int[], $2::text[]) as key (blueprint_id, identifier)
   join entity e on e.blueprint_id = key.blueprint_id and e.identifier = key.identifier
   order by e.blueprint_id, e.identifier for update of e`,
);

export interface Doomed extends Key {
  readonly id: string;
}

/** What is to be deleted, locked; what does not exist is left out. */
export async function lockForDeletion(trx: Queries, keys: readonly Key[]): Promise<Doomed[]> {
  const rows = await run(trx, lockDoomed, [keys.map((key) => key.blueprintId), keys.map((key) => key.identifier)]);
  return rows.map((row) => ({ id: row.id, blueprintId: row.blueprint_id, identifier: row.identifier }));
}

const findDependents = statement<{ blueprint_id: number; identifier: string; name: string; target: string }>(
  'entity.findDependents',
  `select s.blueprint_id, s.identifier, r.name, r.target_identifier as target
   from relation r
   join entity s on s.id = r.source_id
   join blueprint b on b.id = s.blueprint_id
   where r.target_id = any($1::bigint[]) and s.id <> all($1::bigint[])
     and (b.definition -> 'relations' -> r.name ->> 'required')::boolean
   order by s.blueprint_id, s.identifier`,
);

export interface Dependent extends Key {
  readonly name: string;
  readonly target: string;
}

/** Entities outside of `ids` that hold a required relation to one of them. */
export async function dependentsOf(trx: Queries, ids: readonly string[]): Promise<Dependent[]> {
  const rows = await run(trx, findDependents, [ids]);
  return rows.map(({ blueprint_id: blueprintId, ...rest }) => ({ blueprintId, ...rest }));
}

const moveToTrash = statement(
  'trash.fill',
  `insert into trash (id, blueprint_id, blueprint, identifier, title, snapshot, deleted_at, deleted_by, expires_at)
   select e.id, e.blueprint_id, b.identifier, e.identifier, e.title,
          jsonb_build_object('entity', to_jsonb(e), 'incoming', coalesce(held.incoming, '[]')),
          $2, $3, $2::timestamptz + $4::interval
   from entity e
   join blueprint b on b.id = e.blueprint_id
   left join lateral (
     select jsonb_agg(jsonb_build_object('sourceId', r.source_id::text, 'name', r.name, 'position', r.position)) as incoming
     from relation r where r.target_id = e.id and r.source_id <> e.id
   ) as held on true
   where e.id = any($1::bigint[])`,
);

/** Copies the rows to the trash, with the relations that others have to them. */
export async function fillTrash(
  trx: Queries,
  ids: readonly string[],
  { at, actor, days }: { at: Date; actor: string; days: number },
): Promise<void> {
  await run(trx, moveToTrash, [ids, at, actor, `${days} days`]);
}

const clearIncoming = statement<{ id: string; blueprint_id: number; identifier: string; diff: EntityDiff }>(
  'relation.clearIncoming',
  `with cut as (
     delete from relation where target_id = any($1::bigint[]) and source_id <> all($1::bigint[])
     returning source_id, name, target_identifier
   ), held as (
     select source_id, name, array_agg(target_identifier) as gone from cut group by source_id, name
   ), after as (
     select h.source_id, h.name, e.relations -> h.name as before,
            case jsonb_typeof(e.relations -> h.name) when 'array' then nullif((
              select jsonb_agg(value order by place) from jsonb_array_elements_text(e.relations -> h.name)
              with ordinality as kept (value, place) where value <> all(h.gone)
            ), '[]') end as after
     from held h join entity e on e.id = h.source_id
   ), change as (
     select source_id, array_agg(name) as names,
            coalesce(jsonb_object_agg(name, after) filter (where after is not null), '{}') as kept,
            jsonb_agg(jsonb_strip_nulls(jsonb_build_object('path', 'relations.' || name, 'before', before, 'after', after))
                      order by name collate "C") as diff
     from after group by source_id
   )
   update entity set relations = entity.relations - change.names || change.kept, updated_at = $2, updated_by = $3
   from change where entity.id = change.source_id
   returning entity.id, entity.blueprint_id, entity.identifier, change.diff`,
);

export interface Cleared extends Key {
  readonly id: string;
  readonly diff: EntityDiff;
}

/** Takes the names of deleted entities out of those that held them. @returns the holders, and what changed in them */
export async function clearReferences(
  trx: Queries,
  ids: readonly string[],
  { at, actor }: { at: Date; actor: string },
): Promise<Cleared[]> {
  const rows = await run(trx, clearIncoming, [ids, at, actor]);
  return rows.map(({ id, blueprint_id: blueprintId, identifier, diff }) => ({ id, blueprintId, identifier, diff }));
}

const letDangle = statement(
  'relation.letDangle',
  `update relation set target_id = null
   where target_id = any($1::bigint[]) and source_id <> all($1::bigint[])
     and ($2::int is null or exists (select from entity e where e.id = relation.source_id and e.blueprint_id = $2))`,
);

/**
 * Leaves the names of deleted entities where they are, everywhere or in the entities of one blueprint; they connect
 * again when the entities return.
 */
export async function keepReferences(trx: Queries, ids: readonly string[], inBlueprint?: number): Promise<void> {
  await run(trx, letDangle, [ids, inBlueprint ?? null]);
}

const remove = statement(
  'entity.remove',
  `with links as (delete from relation where source_id = any($1::bigint[])),
        names as (delete from former_identifier where entity_id = any($1::bigint[])),
        seen as (delete from sighting where entity_id = any($1::bigint[]))
   delete from entity where id = any($1::bigint[])`,
);

/** Deletes the rows and what hangs on them. History stays. */
export async function removeEntities(trx: Queries, ids: readonly string[]): Promise<void> {
  await run(trx, remove, [ids]);
}

const recordGone = statement(
  'change.deleted',
  `insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
   select $2, e.id, e.blueprint_id, e.identifier, 'deleted', $3, $4, (
     select jsonb_agg(jsonb_build_object('path', path, 'before', value) order by path collate "C") from (
       select 'identifier', to_jsonb(e.identifier)
       union all select 'title', to_jsonb(e.title) where e.title is not null
       union all select 'icon', to_jsonb(e.icon) where e.icon is not null
       union all select 'team', to_jsonb(e.team) where e.team <> '{}'
       union all select 'properties.' || key, value from jsonb_each(e.properties)
       union all select 'relations.' || key, value from jsonb_each(e.relations)
     ) as held (path, value)
   )
   from entity e where e.id = any($1::bigint[])`,
);

/** History keeps everything that was there, also when the trash has been emptied. */
export async function recordDeleted(
  trx: Queries,
  ids: readonly string[],
  { at, actor, originId }: { at: Date; actor: string; originId: number },
): Promise<void> {
  await run(trx, recordGone, [ids, at, actor, originId]);
}
