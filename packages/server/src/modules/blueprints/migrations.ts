import { randomUUID } from 'node:crypto';
import { type Actor, can, isAlmighty, Refusal } from '@gantry/core';
import { type Selectable, sql, type UpdateResult } from 'kysely';
import { record } from '../../audit/record.ts';
import { type Db, type Queries, type Trx, transaction } from '../../db/pool.ts';
import type { MigrationTable } from '../../db/schema.ts';
import type { Announcer } from '../../events/outbox.ts';
import { addJob, handles, type JobContext, type JobHandler, jobKind } from '../../jobs/job.ts';
import type { BlueprintKit } from './commands/change-model.ts';
import { deleteBlueprint, refuseSystem } from './commands/delete-blueprint.ts';
import { Model, type ModelMemory } from './model.ts';
import { lockBlueprint, readBlueprints } from './store.ts';

/**
 * Long deletions, polled by clients as migrations. The work is a job in the queue: it goes on in batches, each its own
 * transaction with its count, and is taken up again where it was after a crash of anything.
 */

const BATCH = 500;

const deleteAll = jobKind<{ migration: string }>('blueprints.deleteAllEntities');

export type MigrationStatus =
  | 'PENDING'
  | 'INITIALIZING'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILURE'
  | 'PENDING_CANCELLATION'
  | 'CANCELLED';

const unexplained = 'It could not be finished: something needs what is to be deleted. An administrator is told what.';

/**
 * A migration as the API answers it. `mapping` is there because clients insist on an object. Why it failed may name
 * entities of other blueprints, so only who sees everything is told.
 */
export function presentMigration(row: Selectable<MigrationTable>, actor: Actor) {
  const message = row.message === null || isAlmighty(actor) ? row.message : unexplained;
  return {
    id: row.id,
    actor: row.actor,
    sourceBlueprint: row.source_blueprint,
    mapping: {},
    status: row.status as MigrationStatus,
    deletedEntities: row.deleted_entities,
    ...(message === null ? {} : { message }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** They tell how many entities a blueprint had, so they are for those who may start one. */
export async function listMigrations(db: Db, actor: Actor): Promise<Selectable<MigrationTable>[]> {
  const rows = await db.selectFrom('migration').selectAll().orderBy('created_at', 'desc').limit(200).execute();
  return rows.filter((row) => maySee(row, actor));
}

const maySee = ({ source_blueprint: blueprint }: Selectable<MigrationTable>, actor: Actor) =>
  can(actor, 'blueprint:write', { blueprint }).allowed;

/** @throws Refusal `not_found` */
export async function getMigration(db: Queries, id: string, actor: Actor): Promise<Selectable<MigrationTable>> {
  const row = await db.selectFrom('migration').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !maySee(row, actor)) throw new Refusal('not_found', `There is no migration \`${id}\`.`);
  return row;
}

/** Starts to delete all entities of a blueprint. @returns the migration's id @throws Refusal `not_found`, `forbidden` */
export async function startDeletingAll(
  db: Db,
  blueprint: string,
  withBlueprint: boolean,
  actor: Actor,
): Promise<string> {
  const stored = new Model(await readBlueprints(db)).get(blueprint);
  if (withBlueprint) refuseSystem(stored);
  const id = `migration_${randomUUID()}`;
  await transaction(db, async (trx) => {
    const row = {
      id,
      actor: actor.id,
      source_blueprint: blueprint,
      status: 'PENDING',
      delete_blueprint: withBlueprint,
    };
    await trx.insertInto('migration').values(row).execute();
    const message = `Began to delete all entities${withBlueprint ? ', and then the blueprint' : ''}.`;
    await record(trx, actor, { action: 'CREATE', resource: { type: 'migration', identifier: id, blueprint }, message });
    await addJob(trx, deleteAll, { migration: id });
  });
  return id;
}

/** Asks a migration to stop after its current batch; one that has ended stays as it is. @throws Refusal `not_found` */
export async function cancelMigration(db: Db, id: string, actor: Actor): Promise<Selectable<MigrationTable>> {
  await transaction(db, async (trx) => {
    await getMigration(trx, id, actor);
    const { numUpdatedRows } = await askToStop(trx, id);
    if (numUpdatedRows === 0n) return;
    const message = 'Asked it to stop.';
    await record(trx, actor, { action: 'UPDATE', resource: { type: 'migration', identifier: id }, message });
  });
  return getMigration(db, id, actor);
}

function askToStop(trx: Trx, id: string): Promise<UpdateResult> {
  return trx
    .updateTable('migration')
    .set({
      status: sql`case status when 'PENDING' then 'CANCELLED' else 'PENDING_CANCELLATION' end`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .where('status', 'in', ['PENDING', 'INITIALIZING', 'RUNNING'])
    .executeTakeFirst();
}

export interface MigrationKit extends BlueprintKit {
  readonly memory: ModelMemory;
  readonly announcer: Announcer;
}

export function migrationJobs(kit: MigrationKit): JobHandler[] {
  return [handles(deleteAll, ({ migration }, context) => work(kit, migration, context))];
}

async function work(kit: MigrationKit, id: string, { signal }: JobContext): Promise<void> {
  try {
    while (await deleteBatch(kit, id)) {
      kit.announcer.announce();
      // Stopping hands the rest to the next start.
      signal.throwIfAborted();
    }
    await finish(kit, id);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await setStatus(kit.db, id, 'FAILURE', error.message);
  }
  kit.memory.forget();
  kit.announcer.announce();
}

/** @returns whether there may be more */
async function deleteBatch(kit: MigrationKit, id: string): Promise<boolean> {
  return transaction(kit.db, async (trx) => {
    const migration = await trx
      .selectFrom('migration')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (migration.status === 'PENDING_CANCELLATION') await setStatus(trx, id, 'CANCELLED');
    if (migration.status !== 'PENDING' && migration.status !== 'RUNNING') return false;
    const stored = new Model(await readBlueprints(trx)).find(migration.source_blueprint);
    if (!stored) return false;
    await lockBlueprint(trx, stored.id);
    const needed = await kit.keeper.whyNeeded(trx, stored);
    if (needed !== null) throw new Refusal('has_dependents', needed);
    const actor: Actor = { kind: 'system', id: migration.actor, label: migration.actor, roles: [], teams: [] };
    const deleted = await kit.keeper.deleteSome(trx, stored, BATCH, actor);
    await trx
      .updateTable('migration')
      .set((row) => ({
        status: 'RUNNING',
        deleted_entities: row('deleted_entities', '+', deleted),
        updated_at: sql`now()`,
      }))
      .where('id', '=', id)
      .execute();
    return deleted > 0;
  });
}

async function finish(kit: MigrationKit, id: string): Promise<void> {
  const migration = await kit.db.selectFrom('migration').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  if (migration.status !== 'RUNNING' && migration.status !== 'PENDING') return;
  const actor: Actor = { kind: 'system', id: migration.actor, label: migration.actor, roles: [], teams: [] };
  const exists = new Model(await readBlueprints(kit.db)).find(migration.source_blueprint) !== undefined;
  if (migration.delete_blueprint && exists) await deleteBlueprint(kit.db, migration.source_blueprint, actor);
  await setStatus(kit.db, id, 'COMPLETED');
}

async function setStatus(db: Queries, id: string, status: MigrationStatus, message?: string): Promise<void> {
  await db
    .updateTable('migration')
    .set({ status, updated_at: sql`now()`, ...(message === undefined ? {} : { message }) })
    .where('id', '=', id)
    .execute();
}
