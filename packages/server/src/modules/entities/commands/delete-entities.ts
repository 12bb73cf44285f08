import { type Actor, type Fact, Refusal } from '@gantry/core';
import { type Trx, transaction } from '../../../db/pool.ts';
import type { Model } from '../../blueprints/index.ts';
import type { EntityKit } from '../kit.ts';
import type { Origin } from '../origins.ts';
import { factsAbout } from '../put/facts.ts';
import { type Key, record } from '../store.ts';
import * as store from '../trash-store.ts';

/** How long deleted entities can be restored. */
export const TRASH_DAYS = 30;

export interface DeleteContext {
  readonly actor: Actor;
  readonly origin: Origin;
  /** Take along whatever requires what is deleted, and what requires that. Otherwise its presence is a refusal. */
  readonly dependents: boolean;
  /** What others that name the deleted are left with: `clear` takes the name away, `keep` lets it dangle. */
  readonly references: 'clear' | 'keep';
}

export interface EntityName {
  readonly blueprint: string;
  readonly identifier: string;
}

/**
 * Moves entities to the trash. Names of nothing are skipped. @returns what was deleted, dependents included
 * @throws Refusal `has_dependents` when something requires them and `dependents` was not asked for; then nothing is
 */
export async function deleteEntities(
  kit: EntityKit,
  names: readonly EntityName[],
  context: DeleteContext,
): Promise<EntityName[]> {
  const model = await kit.memory.current();
  const [originId = 0] = await kit.origins.idsOf(kit.db, [context.origin]);
  const keys = names.flatMap(({ blueprint, identifier }): Key[] => {
    const stored = model.find(blueprint);
    return stored ? [{ blueprintId: stored.id, identifier }] : [];
  });
  const deleted = await transaction(kit.db, async (trx) => {
    const doomed = await deleteInTransaction(trx, model, keys, context, originId);
    await tellDeleted(kit, trx, model, doomed);
    return doomed;
  });
  kit.announcer.announce();
  return deleted.map(({ blueprintId, identifier }) => ({ blueprint: nameOf(model, blueprintId), identifier }));
}

async function deleteInTransaction(
  trx: Trx,
  model: Model,
  keys: readonly Key[],
  context: DeleteContext,
  originId: number,
): Promise<store.Doomed[]> {
  const doomed = await gather(trx, model, keys, context.dependents);
  const ids = doomed.map(({ id }) => id);
  if (ids.length === 0) return [];
  const stamp = { at: new Date(), actor: context.actor.id };
  await store.fillTrash(trx, ids, { ...stamp, days: TRASH_DAYS });
  await store.recordDeleted(trx, ids, { ...stamp, originId });
  const cleared = context.references === 'clear' ? await store.clearReferences(trx, ids, stamp) : [];
  if (context.references === 'keep') await store.keepReferences(trx, ids);
  await store.removeEntities(trx, ids);
  const history = cleared.map(({ id, ...row }) => ({ ...row, entityId: id, action: 'updated' as const, originId }));
  const facts = [...about('entities.deleted', model, doomed), ...about('entities.updated', model, cleared)];
  await record(trx, { changes: history, facts }, stamp);
  return doomed;
}

async function tellDeleted(kit: EntityKit, trx: Trx, model: Model, doomed: readonly store.Doomed[]): Promise<void> {
  const gone = doomed.map(({ id, blueprintId, identifier }) => ({
    id,
    identifier,
    blueprint: nameOf(model, blueprintId),
  }));
  const watched = gone.filter(({ blueprint }) => kit.rules.watches.has(blueprint));
  if (watched.length > 0) await kit.rules.deleted(trx, watched);
}

/** Everything that goes: what was named and, if asked for, what requires it, however far that reaches. */
async function gather(trx: Trx, model: Model, keys: readonly Key[], withDependents: boolean): Promise<store.Doomed[]> {
  const places = new Set(keys.map(({ blueprintId }) => blueprintId));
  if (withDependents) addRequiring(model, places);
  await store.lockAlone(trx, [...places]);
  const doomed = await store.lockForDeletion(trx, keys);
  for (;;) {
    const ids = doomed.map(({ id }) => id);
    const dependents = ids.length > 0 ? await store.dependentsOf(trx, ids) : [];
    if (dependents.length === 0) return doomed;
    if (!withDependents) throw refuseNeeded(model, dependents);
    doomed.push(...(await store.lockForDeletion(trx, dependents)));
  }
}

/** Adds every blueprint whose entities may require one of these, directly or not. */
function addRequiring(model: Model, places: Set<number>): void {
  const names = (ids: Set<number>) => new Set([...ids].map((id) => model.byId(id)?.identifier));
  for (let before = 0; before < places.size; ) {
    before = places.size;
    const aims = names(places);
    for (const { id, definition } of model.all) {
      const requires = Object.values(definition.relations).some(({ required, target }) => required && aims.has(target));
      if (requires) places.add(id);
    }
  }
}

const SHOWN = 10;

function refuseNeeded(model: Model, dependents: readonly store.Dependent[]): Refusal {
  const named = dependents.slice(0, SHOWN).map(({ blueprintId, identifier, name, target }) => {
    return `${nameOf(model, blueprintId)} \`${identifier}\` needs \`${target}\` as its ${name}`;
  });
  const rest = dependents.length > SHOWN ? `; and ${dependents.length - SHOWN} more` : '';
  const remedy = 'Point those elsewhere first, or add delete_dependents=true to delete them too.';
  return new Refusal('has_dependents', `This has dependents (has_dependents): ${named.join('; ')}${rest}. ${remedy}`, {
    details: {
      dependents: dependents.slice(0, 100).map(({ blueprintId, identifier, name }) => {
        return { blueprint: nameOf(model, blueprintId), identifier, relation: name };
      }),
      count: dependents.length,
    },
  });
}

/** A blueprint that this process has not heard of yet is named by its number; the next look at the model knows it. */
const nameOf = (model: Model, blueprintId: number) => model.byId(blueprintId)?.identifier ?? String(blueprintId);

function about(kind: Fact['kind'], model: Model, entities: readonly Key[]): Fact[] {
  return factsAbout(
    kind,
    entities.map(({ blueprintId, identifier }) => ({ blueprint: nameOf(model, blueprintId), identifier })),
  );
}
