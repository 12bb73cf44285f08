import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '@gantry/core';
import { sql } from 'kysely';
import pg from 'pg';
import { type Trx, transaction } from '../../../db/pool.ts';
import type { Model, StoredBlueprint } from '../../blueprints/index.ts';
import type { EntityWrite, WriteContext, WriteOutcome, Written } from '../entity-write.ts';
import type { EntityKit } from '../kit.ts';
import { Overtaken } from '../overtaken.ts';
import { changesAmong, findExisting, type Item, identify, isRenaming, outcomeOf, parseItems } from '../put/item.ts';
import { keepHidden } from '../put/keep-hidden.ts';
import { persist } from '../put/persist.ts';
import { refuseTakenNames } from '../put/refuse-taken-names.ts';
import { settleRelations } from '../put/settle-relations.ts';
import { type WriteGuard, writeGuardFor } from '../put/write-guard.ts';
import { keyText, type LockMode, readCurrent } from '../store.ts';

const MOST_ATTEMPTS = 20;
const LONGEST_PAUSE_MS = 100;

/** Carries the outcomes out of a transaction that must leave nothing behind. */
class ValidatedOnly extends Error {
  readonly outcomes: WriteOutcome[];

  constructor(outcomes: WriteOutcome[]) {
    super('validated only');
    this.outcomes = outcomes;
  }
}

/**
 * The one way entities are written: single, bulk or import. Answers one outcome for each write, in their order; the
 * good ones are stored together, in one transaction, or none of them is. Statements cost the same for one and for
 * thousands.
 */
export async function putEntities(
  kit: EntityKit,
  writes: readonly EntityWrite[],
  context: WriteContext,
): Promise<WriteOutcome[]> {
  const origins = await kit.origins.idsOf(
    kit.db,
    writes.map(({ origin }) => origin ?? context.origin),
  );
  return insist(
    kit,
    writes.map(({ blueprint }) => blueprint),
    (trx, model) => {
      return putInTransaction(kit, trx, model, writes, origins, context);
    },
  );
}

/** Finds out, in a transaction, what is to be written to these blueprints; it may lock and change more there. */
export type WritesIn = (trx: Trx) => Promise<readonly EntityWrite[]>;

/**
 * Writes what follows from what is stored: `writesIn` looks and decides in the transaction that then writes, all of it
 * or nothing. @throws Refusal of the first write that is refused
 */
export async function changeEntities(
  kit: EntityKit,
  blueprints: readonly string[],
  writesIn: WritesIn,
  context: WriteContext,
): Promise<Written[]> {
  const [originId = 0] = await kit.origins.idsOf(kit.db, [context.origin]);
  return insist(kit, blueprints, async (trx, model) => {
    const writes = await writesIn(trx);
    const origins = writes.map(() => originId);
    const outcomes = await putInTransaction(kit, trx, model, writes, origins, context);
    return outcomes.map((outcome) => {
      if (!outcome.ok) throw outcome.refusal;
      return outcome;
    });
  });
}

/** Works in a transaction, and again from its beginning when another writer was quicker. */
async function insist<Outcome extends WriteOutcome>(
  kit: EntityKit,
  blueprints: readonly string[],
  work: (trx: Trx, model: Model) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    const model = await modelFor(kit, blueprints);
    try {
      const outcomes = await transaction(kit.db, (trx) => work(trx, model));
      kit.announcer.announce();
      return outcomes;
    } catch (error) {
      if (error instanceof ValidatedOnly) return error.outcomes as Outcome[];
      if (!(error instanceof Overtaken)) throw error;
      if (attempt === MOST_ATTEMPTS) {
        throw new Refusal('unavailable', 'Too many writers wanted the same entities at once. Try again.', {
          cause: error,
        });
      }
      kit.memory.forget();
      await pause(Math.min(2 ** attempt, LONGEST_PAUSE_MS) * Math.random());
    }
  }
}

async function modelFor({ memory }: EntityKit, blueprints: readonly string[]): Promise<Model> {
  for (const blueprint of new Set(blueprints)) await memory.having(blueprint);
  return memory.current();
}

/** The same inside a transaction of the caller, which announces after it. */
export async function putInTransaction(
  kit: EntityKit,
  trx: Trx,
  model: Model,
  writes: readonly EntityWrite[],
  origins: readonly number[],
  context: WriteContext,
): Promise<WriteOutcome[]> {
  const items: Item[] = [];
  for (const [index, write] of writes.entries()) {
    items.push(await identify(kit, trx, model, write, origins[index] ?? 0, context.actor, randomUUID));
  }
  for (const wave of waves(items)) {
    let left = await putWave(kit, trx, model, wave, context, wave.some(isRenaming) ? 'alone' : 'shared');
    while (left.length > 0) left = await putWave(kit, trx, model, left, context, 'at-once');
  }
  const changes = changesAmong(items, kit.rules.watches);
  if (changes.length > 0) await kit.rules.written(trx, changes);
  const written = items.flatMap(({ refusal, id }) => (refusal || id === null ? [] : [id]));
  const isAsked = context.withDocuments === true && written.length > 0;
  const documents = isAsked ? await kit.present(trx, written, context.actor) : new Map<string, string>();
  const outcomes = items.map((item) => outcomeOf(item, documents));
  if (context.validationOnly) throw new ValidatedOnly(outcomes);
  return outcomes;
}

/** The same entity twice in a batch is written twice, one after the other; different ones go together. */
function waves(items: readonly Item[]): Item[][] {
  const found: Item[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    if (item.refusal) continue;
    const key = keyText(item.key);
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    found[turn] = [...(found[turn] ?? []), item];
  }
  return found;
}

/** @returns the items whose names others took in the meantime: they exist now, and want another look */
async function putWave(
  kit: EntityKit,
  trx: Trx,
  model: Model,
  items: readonly Item[],
  context: WriteContext,
  mode: LockMode,
): Promise<Item[]> {
  const blueprints = blueprintsOf(items, model);
  const keys = items.map(({ key }) => key);
  const ids = blueprints.map(({ id }) => id);
  const current = await readCurrent(trx, keys, ids, mode).catch(overtakenWhenLocked);
  // Now that whoever wrote before has ended: an entity's changes follow one another in time.
  const at = new Date();
  for (const { id, revision } of blueprints) if (current.revisions.get(id) !== revision) throw new Overtaken();
  findExisting(items, current.entities);
  const guard = await writeGuardFor(kit, trx, model, context);
  await guard?.look(items);
  const inputs = guard ? await keepHidden(guard, trx, model, items) : new Map<Item, unknown>();
  await parseItems(kit, trx, items, context.actor, inputs);
  await refuseTakenNames(trx, model, items, guard);
  guard?.refuseUngranted(items);
  const write = async () => {
    const settled = await settleRelations(trx, model, items, context, guard);
    return persist(trx, model, items, settled, context, at);
  };
  return guard?.hasToLookAgain(items) ? writeUntilGranted(trx, guard, items, write) : write();
}

/**
 * Some grants depend on what an entity becomes, which is known for certain once it is written: what turns out to be
 * refused is taken back together with the rest, and the rest is written again without it.
 */
async function writeUntilGranted(
  trx: Trx,
  guard: WriteGuard,
  items: readonly Item[],
  write: () => Promise<Item[]>,
): Promise<Item[]> {
  for (;;) {
    await sql`savepoint ungranted`.execute(trx);
    const late = await write();
    if (await guard.lookAgain(items)) return late;
    await sql`rollback to savepoint ungranted`.execute(trx);
    for (const item of items) item.id = null;
  }
}

/** The blueprints written to and those pointed at. */
function blueprintsOf(items: readonly Item[], model: Model): StoredBlueprint[] {
  const written = new Set(items.map(({ stored }) => stored));
  const targets = [...written].flatMap(({ definition }) => Object.values(definition.relations));
  return [...new Set([...written, ...targets.flatMap(({ target }) => model.find(target) ?? [])])];
}

const LOCK_NOT_AVAILABLE = '55P03';

function overtakenWhenLocked(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) throw new Overtaken();
  throw error;
}
