import type { Blueprint, OwnPermissions } from '@gantry/core';
import { type Selectable, sql } from 'kysely';
import { type KnownActor, record } from '../../audit/record.ts';
import type { Queries, Trx } from '../../db/pool.ts';
import type { BlueprintTable } from '../../db/schema.ts';
import { MODEL_CHANNEL } from '../../events/notifications.ts';
import type { StoredBlueprint } from './stored-blueprint.ts';

/** Changes of the model happen one after another: each looks at all blueprints, and they are rare. */
const MODEL_LOCK = 7_007_003;

export async function lockModel(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MODEL_LOCK})`.execute(trx);
}

export async function readBlueprints(db: Queries): Promise<StoredBlueprint[]> {
  const rows = await db.selectFrom('blueprint').selectAll().orderBy('id').execute();
  return rows.map(toStored);
}

export async function findBlueprint(db: Queries, identifier: string): Promise<StoredBlueprint | null> {
  const row = await db.selectFrom('blueprint').selectAll().where('identifier', '=', identifier).executeTakeFirst();
  return row ? toStored(row) : null;
}

/** Waits for the entity writes under way in this blueprint, and keeps new ones out until the transaction ends. */
export async function lockBlueprint(trx: Trx, id: number): Promise<void> {
  await sql`select from blueprint where id = ${id} for update`.execute(trx);
}

export interface Revision {
  readonly definition: Blueprint;
  /** Absent where they stay as they are. */
  readonly permissions?: OwnPermissions | undefined;
  readonly at: Date;
  readonly actor: KnownActor;
}

export async function insertBlueprint(
  trx: Trx,
  { definition, at, actor }: Revision,
  isSystem = false,
): Promise<StoredBlueprint> {
  const row = await trx
    .insertInto('blueprint')
    .values({
      identifier: definition.identifier,
      definition: JSON.stringify(definition),
      system: isSystem,
      created_at: at,
      created_by: actor.id,
      updated_at: at,
      updated_by: actor.id,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const resource = { type: 'blueprint', identifier: definition.identifier } as const;
  await record(trx, actor, { action: 'CREATE', resource, after: definition });
  return keepRevision(trx, toStored(row));
}

export async function updateBlueprint(
  trx: Trx,
  before: StoredBlueprint,
  { definition, permissions, at, actor }: Revision,
): Promise<StoredBlueprint> {
  const row = await trx
    .updateTable('blueprint')
    .set((change) => ({
      identifier: definition.identifier,
      definition: JSON.stringify(definition),
      ...(permissions && { permissions: JSON.stringify(permissions) }),
      revision: change('revision', '+', 1),
      updated_at: at,
      updated_by: actor.id,
    }))
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const resource = { type: 'blueprint', identifier: definition.identifier } as const;
  await record(trx, actor, { action: 'UPDATE', resource, before: before.definition, after: definition });
  return keepRevision(trx, toStored(row));
}

/** A revision of who may do what; the blueprint itself counts as unchanged. */
export async function updatePermissions(
  trx: Trx,
  before: StoredBlueprint,
  { permissions, at, actor }: { permissions: OwnPermissions; at: Date; actor: KnownActor },
): Promise<StoredBlueprint> {
  const row = await trx
    .updateTable('blueprint')
    .set((change) => ({ permissions: JSON.stringify(permissions), revision: change('revision', '+', 1) }))
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const resource = { type: 'permission', identifier: before.identifier, blueprint: before.identifier } as const;
  await record(trx, actor, { action: 'UPDATE', resource, before: before.permissions, after: permissions });
  return keepRevision(trx, toStored(row), { at, actor: actor.id });
}

/** Leaves a last revision without a definition, so that history knows when it ended and by whom. */
export async function removeBlueprint(trx: Trx, stored: StoredBlueprint, actor: KnownActor, at: Date): Promise<void> {
  await trx.deleteFrom('blueprint').where('id', '=', stored.id).execute();
  await trx
    .insertInto('blueprint_revision')
    .values({
      blueprint_id: stored.id,
      revision: stored.revision + 1,
      identifier: stored.identifier,
      definition: null,
      permissions: null,
      at,
      actor: actor.id,
    })
    .execute();
  const resource = { type: 'blueprint', identifier: stored.identifier } as const;
  await record(trx, actor, { action: 'DELETE', resource, before: stored.definition });
}

/** At commit, every process forgets what it remembers of the model. */
export async function announceModel(trx: Trx): Promise<void> {
  await sql`select pg_notify(${MODEL_CHANNEL}, '')`.execute(trx);
}

export async function countEntities(db: Queries, blueprintId: number): Promise<number> {
  const { count } = await db
    .selectFrom('entity')
    .select((row) => row.fn.countAll<string>().as('count'))
    .where('blueprint_id', '=', blueprintId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function keepRevision(
  trx: Trx,
  stored: StoredBlueprint,
  { at, actor }: { at: Date; actor: string } = { at: stored.updatedAt, actor: stored.updatedBy },
): Promise<StoredBlueprint> {
  await trx
    .insertInto('blueprint_revision')
    .values({
      blueprint_id: stored.id,
      revision: stored.revision,
      identifier: stored.identifier,
      definition: JSON.stringify(stored.definition),
      permissions: JSON.stringify(stored.permissions),
      ...{ at, actor },
    })
    .execute();
  return stored;
}

function toStored(row: Selectable<BlueprintTable>): StoredBlueprint {
  return {
    id: row.id,
    identifier: row.identifier,
    definition: row.definition as Blueprint,
    permissions: row.permissions as OwnPermissions,
    revision: row.revision,
    isSystem: row.system,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}
