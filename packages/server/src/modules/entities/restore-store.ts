import type { EntityContent, Provenance } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

interface SnapshotRow {
  id: string;
  blueprint_id: number;
  blueprint: string;
  identifier: string;
  entity: EntityContent & { provenance: Provenance; datasource: string; created_at: string; created_by: string };
  incoming: { sourceId: string; name: string }[];
}

/** An entity as it was when it was deleted. */
export interface TrashedEntity {
  readonly id: string;
  readonly blueprintId: number;
  /** What its blueprint was called then. */
  readonly blueprint: string;
  readonly identifier: string;
  readonly content: EntityContent;
  readonly provenance: Provenance;
  readonly datasource: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Relations that others had to it. */
  readonly incoming: readonly { readonly sourceId: string; readonly name: string }[];
}

const take = statement<SnapshotRow>(
  'trash.take',
  `delete from trash where id = $1::bigint
   returning id::text, blueprint_id, blueprint, identifier, snapshot -> 'entity' as entity, snapshot -> 'incoming' as incoming`,
);

/** Takes an entity out of the trash; null when it is not there. */
export async function takeFromTrash(trx: Queries, id: string): Promise<TrashedEntity | null> {
  const [row] = /^\d{1,18}$/.test(id) ? await run(trx, take, [id]) : [];
  if (!row) return null;
  const { title, icon, team, properties, relations, provenance, datasource } = row.entity;
  return {
    ...{ id: row.id, blueprintId: row.blueprint_id, blueprint: row.blueprint, identifier: row.identifier },
    content: { identifier: row.identifier, title, icon, team, properties, relations },
    ...{ provenance, datasource, incoming: row.incoming },
    createdAt: row.entity.created_at,
    createdBy: row.entity.created_by,
  };
}

const insertAgain = statement<{ id: string }>(
  'entity.reinsert',
  `with made as (
     insert into entity (id, blueprint_id, identifier, title, icon, team, properties, relations, provenance, datasource,
                         created_at, created_by, updated_at, updated_by)
     overriding system value
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
   select id from made`,
);

/** @returns false when another entity has its name now */
export async function reinsert(
  trx: Queries,
  blueprintId: number,
  { id, content, provenance, datasource, createdAt, createdBy }: TrashedEntity,
  { at, actor }: { at: Date; actor: string },
): Promise<boolean> {
  const { identifier, title, icon, team, properties, relations } = content;
  const values = [
    ...[id, blueprintId, identifier, title, icon, team, JSON.stringify(properties), JSON.stringify(relations)],
    ...[JSON.stringify(provenance), datasource, createdAt, createdBy, at, actor],
  ];
  return (await run(trx, insertAgain, values)).length > 0;
}

/** What somebody who once named the entity holds there now. */
export interface Holder {
  readonly blueprintId: number;
  readonly identifier: string;
  readonly name: string;
  readonly value: string | string[] | null;
}

const findHolders = statement<{ blueprint_id: number; identifier: string; name: string; value: Holder['value'] }>(
  'entity.findHolders',
  `select e.blueprint_id, e.identifier, held.name, e.relations -> held.name as value
   from unnest($1::bigint[], $2::text[]) as held (source_id, name)
   join entity e on e.id = held.source_id`,
);

export async function readHolders(trx: Queries, incoming: TrashedEntity['incoming']): Promise<Holder[]> {
  const rows = await run(trx, findHolders, [incoming.map((one) => one.sourceId), incoming.map((one) => one.name)]);
  return rows.map(({ blueprint_id: blueprintId, ...rest }) => ({ blueprintId, ...rest }));
}
