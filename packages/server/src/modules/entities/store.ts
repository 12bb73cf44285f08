import type { EntityContent, EntityDiff, Fact, Provenance } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import { inPortions } from '../../events/outbox.ts';
import type { SeenAs } from './entity-write.ts';

/**
 * SQL of the write path. Every statement takes a whole batch, however large it is: rows travel as one JSON text, and
 * no statement is ever sent once for each entity.
 */

/** Names an entity inside its blueprint. */
export interface Key {
  readonly blueprintId: number;
  readonly identifier: string;
}

/** One text for maps; a blueprint id never holds a space. */
export const keyText = ({ blueprintId, identifier }: Key) => `${blueprintId} ${identifier}`;

/** What is stored of an entity, as far as a write looks at it. */
export interface StoredEntity extends EntityContent {
  readonly id: string;
  readonly blueprintId: number;
  readonly provenance: Provenance;
  readonly datasource: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

interface EntityRow {
  id: string | null;
  blueprint_id: number;
  identifier: string;
  title: string | null;
  icon: string | null;
  team: string[];
  properties: Record<string, unknown>;
  relations: Record<string, string | string[]>;
  provenance: Provenance;
  datasource: string;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
  revisions: Record<string, number> | null;
}

const byKey = (keys: readonly Key[]) => [keys.map((key) => key.blueprintId), keys.map((key) => key.identifier)];

/** Name by name, each by its index: joined freely, PostgreSQL may read whole blueprints for a handful of names. */
const foundByKey = `
  from unnest($1::int[], $2::text[]) as key (blueprint_id, identifier)
  cross join lateral (
    select id from entity where blueprint_id = key.blueprint_id and identifier = key.identifier limit 1
  ) as found`;

/**
 * Rows are locked in one order everywhere (blueprint, identifier), so that two batches wait for one another instead of
 * for each other. The lock on the blueprints comes first. It holds off changes of the model, and it is how writers and
 * those who delete or rename keep apart: writers share the blueprints they write and those they point at, whoever
 * takes names away has them alone. That is two or three locks for a batch, instead of one for each target.
 */
const lockCurrentText = (strength: 'key share' | 'update', wait: '' | 'nowait' = '') => `
  with model as materialized (
    select id, revision from blueprint where id = any($3::int[]) order by id for ${strength}
  ), current as materialized (
    select e.id, e.blueprint_id, e.identifier, e.title, e.icon, e.team, e.properties, e.relations, e.provenance,
           e.datasource, e.created_at, e.created_by, e.updated_at, e.updated_by
    from entity e
    where e.id = any(array(select found.id ${foundByKey})) and e.identifier = any($2)
    order by e.blueprint_id, e.identifier for no key update of e ${wait}
  )
  select current.*, revisions from (select json_object_agg(id, revision) as revisions from model) as known
  left join current on true`;

const lockCurrent = statement<EntityRow>('entity.lockCurrent', lockCurrentText('key share'));
const lockCurrentAlone = statement<EntityRow>('entity.lockCurrentAlone', lockCurrentText('update'));
const lockCurrentAtOnce = statement<EntityRow>('entity.lockCurrentAtOnce', lockCurrentText('key share', 'nowait'));

/** `alone`: nobody else has the blueprints meanwhile; `at-once`: fail rather than wait for an entity. */
export type LockMode = 'shared' | 'alone' | 'at-once';
const lockStatements = { shared: lockCurrent, alone: lockCurrentAlone, 'at-once': lockCurrentAtOnce };

export interface Current {
  readonly entities: ReadonlyMap<string, StoredEntity>;
  /** Revision of each blueprint asked for; one that is gone is absent. */
  readonly revisions: ReadonlyMap<number, number>;
}

/**
 * Reads and locks what is stored under these keys, and these blueprints, until the transaction ends. Whoever takes a
 * name away must be alone in its blueprint; whoever has written already must not wait for another writer.
 */
export async function readCurrent(
  trx: Queries,
  keys: readonly Key[],
  blueprintIds: readonly number[],
  mode: LockMode = 'shared',
): Promise<Current> {
  const rows = await run(trx, lockStatements[mode], [...byKey(keys), blueprintIds]);
  const stored = rows.filter((row) => row.id !== null).map(toStored);
  const revisions = Object.entries(rows[0]?.revisions ?? {}).map(([id, revision]) => [Number(id), revision] as const);
  return {
    entities: new Map(stored.map((entity) => [keyText(entity), entity])),
    revisions: new Map(revisions),
  };
}

function toStored(row: EntityRow): StoredEntity {
  const { identifier, title, icon, team, properties, relations, provenance, datasource } = row;
  return {
    ...{ identifier, title, icon, team, properties, relations, provenance, datasource },
    id: String(row.id),
    blueprintId: row.blueprint_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

const findTargets = statement<{ id: string; blueprint_id: number; identifier: string }>(
  'entity.findTargets',
  `select found.id, key.blueprint_id, key.identifier ${foundByKey}`,
);

/** Ids of those entities that exist. Where their blueprints are locked, they stay until the transaction ends. */
export async function readTargets(trx: Queries, keys: readonly Key[]): Promise<Map<string, string>> {
  const rows = await run(trx, findTargets, byKey(keys));
  return new Map(rows.map((row) => [keyText({ blueprintId: row.blueprint_id, identifier: row.identifier }), row.id]));
}

export interface NewEntity extends Key {
  readonly content: EntityContent;
  readonly provenance: Provenance;
}

/** Who writes, and when: the same for every row of a batch. */
export interface Stamp {
  readonly at: Date;
  readonly actor: string;
  readonly datasource: string;
}

/**
 * Together with the rows: relations that waited for these names are connected, and redirects from an earlier holder
 * of a name end. A name that somebody else took since it was looked up is left out of the answer.
 */
const insert = statement<{ id: string; blueprint_id: number; identifier: string }>(
  'entity.insert',
  `with made as (
     insert into entity (blueprint_id, identifier, title, icon, team, properties, relations, provenance, datasource,
                         created_at, created_by, updated_at, updated_by)
     select b, i, t, c, m, p, r, v, $4, $2, $3, $2, $3
     from json_to_recordset($1::json) as new (b int, i text, t text, c text, m text[], p jsonb, r jsonb, v jsonb)
     order by b, i
     on conflict (blueprint_id, identifier) do nothing
     returning id, blueprint_id, identifier
   ), arrived as (
     update relation set target_id = made.id from made
     where relation.target_id is null and relation.target_blueprint_id = made.blueprint_id
       and relation.target_identifier = made.identifier
   ), retaken as (
     delete from former_identifier using made
     where former_identifier.blueprint_id = made.blueprint_id and former_identifier.identifier = made.identifier
   )
   select * from made`,
);

/** @returns ids by key; a key that is missing was taken by another writer meanwhile */
export async function insertEntities(
  trx: Queries,
  entities: readonly NewEntity[],
  { at, actor, datasource }: Stamp,
): Promise<Map<string, string>> {
  const rows = entities.map(({ blueprintId, content, provenance }) => ({
    b: blueprintId,
    ...columns(content),
    v: provenance,
  }));
  const made = await run(trx, insert, [JSON.stringify(rows), at, actor, datasource]);
  return new Map(made.map((row) => [keyText({ blueprintId: row.blueprint_id, identifier: row.identifier }), row.id]));
}

const columns = ({ identifier, title, icon, team, properties, relations }: EntityContent) => ({
  i: identifier,
  t: title,
  c: icon,
  m: team,
  p: properties,
  r: relations,
});

export interface ChangedEntity {
  readonly id: string;
  readonly content: EntityContent;
  readonly provenance: Provenance;
}

const update = statement(
  'entity.update',
  `update entity set identifier = i, title = t, icon = c, team = m, properties = p, relations = r, provenance = v,
          datasource = $4, updated_at = $2, updated_by = $3
   from json_to_recordset($1::json) as new (id bigint, i text, t text, c text, m text[], p jsonb, r jsonb, v jsonb)
   where entity.id = new.id`,
);

/** Rows must be locked. */
export async function updateEntities(
  trx: Queries,
  entities: readonly ChangedEntity[],
  { at, actor, datasource }: Stamp,
): Promise<void> {
  const rows = entities.map(({ id, content, provenance }) => ({ id, ...columns(content), v: provenance }));
  await run(trx, update, [JSON.stringify(rows), at, actor, datasource]);
}

const renewDatasource = statement(
  'entity.renewDatasource',
  'update entity set datasource = $2 where id = any($1::bigint[]) and datasource <> $2',
);

/** The last writer wins, also when it said nothing new; nothing else of the row moves. */
export async function renewDatasources(trx: Queries, ids: readonly string[], datasource: string): Promise<void> {
  await run(trx, renewDatasource, [ids, datasource]);
}

/** One value of a relation. `targetId` is null while no such entity exists. */
export interface RelationRow {
  readonly sourceId: string;
  readonly name: string;
  readonly position: number;
  readonly targetBlueprintId: number;
  readonly targetIdentifier: string;
  readonly targetId: string | null;
}

const dropRelations = statement(
  'relation.drop',
  `delete from relation using unnest($1::bigint[], $2::text[]) as old (source_id, name)
   where relation.source_id = old.source_id and relation.name = old.name`,
);

/** Takes all values of these relations away; new ones are written with `record`. */
export async function deleteRelations(
  trx: Queries,
  relations: readonly { sourceId: string; name: string }[],
): Promise<void> {
  await run(trx, dropRelations, [relations.map((one) => one.sourceId), relations.map((one) => one.name)]);
}

export interface ChangeRow extends Key {
  readonly entityId: string;
  readonly action: 'created' | 'updated' | 'renamed' | 'deleted' | 'restored';
  readonly originId: number;
  readonly diff: EntityDiff;
}

const insertTraces = statement(
  'entity.record',
  `with links as (
     insert into relation (source_id, name, position, target_blueprint_id, target_identifier, target_id)
     select s, n, p, b, i, t
     from json_to_recordset($1::json) as new (s bigint, n text, p int, b int, i text, t bigint)
   ), told as (
     insert into outbox (fact) select fact from json_array_elements($5::json) as fact
   )
   insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
   select $3, e, b, i, a, $4, o, d
   from json_to_recordset($2::json) as new (e bigint, b int, i text, a text, o int, d jsonb)`,
);

/** What a write leaves behind beside the entities themselves: new values of relations, history, facts. */
export interface Traces {
  readonly relations?: readonly RelationRow[];
  readonly changes: readonly ChangeRow[];
  readonly facts: readonly Fact[];
}

export async function record(
  trx: Queries,
  { relations = [], changes, facts }: Traces,
  { at, actor }: Pick<Stamp, 'at' | 'actor'>,
): Promise<void> {
  const links = relations.map((row) => ({
    s: row.sourceId,
    n: row.name,
    p: row.position,
    b: row.targetBlueprintId,
    i: row.targetIdentifier,
    t: row.targetId,
  }));
  const history = changes.map((row) => ({
    e: row.entityId,
    b: row.blueprintId,
    i: row.identifier,
    a: row.action,
    o: row.originId,
    d: row.diff,
  }));
  const texts = [links, history, inPortions(facts)].map((rows) => JSON.stringify(rows));
  await run(trx, insertTraces, [texts[0], texts[1], at, actor, texts[2]]);
}

const see = statement(
  'sighting.renew',
  `insert into sighting (source_id, entity_id, ref, location, content_hash, first_seen_at, seen_at)
   select $1, e, r, l, h, $3, $3 from json_to_recordset($2::json) as seen (e bigint, r text, l text, h text) order by e
   on conflict (source_id, entity_id) do update
   set ref = excluded.ref, location = excluded.location, content_hash = excluded.content_hash,
       seen_at = excluded.seen_at, missing_since = null, problem = null`,
);

/** A data source vouches for these entities now. */
export async function recordSightings(
  trx: Queries,
  sourceId: number,
  seen: readonly { entityId: string; seenAs: SeenAs | undefined }[],
  at: Date,
): Promise<void> {
  const rows = seen.map(({ entityId, seenAs }) => ({
    e: entityId,
    r: seenAs?.ref ?? null,
    l: seenAs?.location ?? null,
    h: seenAs?.contentHash ?? null,
  }));
  await run(trx, see, [sourceId, JSON.stringify(rows), at]);
}
