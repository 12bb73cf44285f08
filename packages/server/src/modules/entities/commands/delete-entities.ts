import { type Actor, type Fact, isAlmighty } from '@gantry/core';
import { type Trx, transaction } from '../../../db/pool.ts';
import type { Model } from '../../blueprints/index.ts';
import type { EntityKit } from '../kit.ts';
import type { Origin } from '../origins.ts';
import { factsAbout } from '../put/facts.ts';
import { type Key, record } from '../store.ts';
import * as store from '../trash-store.ts';
import { gatherDoomed, nameOf } from './gather-doomed.ts';

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
 * @throws Refusal `forbidden`, and `has_dependents` when something requires them and `dependents` was not asked for; then nothing is
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
    const judgment = isAlmighty(context.actor) ? null : await kit.judgmentFor(trx, model, context.actor);
    const doomed = await gatherDoomed(trx, model, keys, context.dependents, judgment);
    await deleteInTransaction(trx, model, doomed, context, originId);
    await tellDeleted(kit, trx, model, doomed);
    return doomed;
  });
  kit.announcer.announce();
  return deleted.map(({ blueprintId, identifier }) => ({ blueprint: nameOf(model, blueprintId), identifier }));
}

async function deleteInTransaction(
  trx: Trx,
  model: Model,
  doomed: readonly store.Doomed[],
  context: DeleteContext,
  originId: number,
): Promise<void> {
  const ids = doomed.map(({ id }) => id);
  if (ids.length === 0) return;
  const stamp = { at: new Date(), actor: context.actor.id };
  await store.fillTrash(trx, ids, { ...stamp, days: TRASH_DAYS });
  await store.recordDeleted(trx, ids, { ...stamp, originId });
  const cleared = context.references === 'clear' ? await store.clearReferences(trx, ids, stamp) : [];
  if (context.references === 'keep') await store.keepReferences(trx, ids);
  await store.removeEntities(trx, ids);
  const history = cleared.map(({ id, ...row }) => ({ ...row, entityId: id, action: 'updated' as const, originId }));
  const facts = [...about('entities.deleted', model, doomed), ...about('entities.updated', model, cleared)];
  await record(trx, { changes: history, facts }, stamp);
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

function about(kind: Fact['kind'], model: Model, entities: readonly Key[]): Fact[] {
  return factsAbout(
    kind,
    entities.map(({ blueprintId, identifier }) => ({ blueprint: nameOf(model, blueprintId), identifier })),
  );
}
