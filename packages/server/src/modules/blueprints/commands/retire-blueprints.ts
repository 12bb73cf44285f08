import type { Actor } from '@gantry/core';
import { writeFacts } from '../../../events/outbox.ts';
import { countEntities, lockBlueprint, removeBlueprint } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import { changeModel } from './change-model.ts';
import { blueprintsAimingAt } from './delete-blueprint.ts';
import type { ModelKit } from './extend-model.ts';

/**
 * Deletes those of the named blueprints that nothing needs any more: they have no entities, and no blueprint that
 * stays aims at them. Aiming at one another does not save them. `mayGo` has the last word on each.
 * @returns the identifiers of those deleted
 */
export async function retireBlueprints(
  { db, memory, announcer }: ModelKit,
  identifiers: readonly string[],
  mayGo: (stored: StoredBlueprint) => boolean,
  actor: Actor,
): Promise<string[]> {
  const retired = await changeModel(db, async (trx, model) => {
    const candidates = new Set<string>();
    for (const identifier of identifiers) {
      const stored = model.find(identifier);
      if (!stored || stored.isSystem || !mayGo(stored)) continue;
      await lockBlueprint(trx, stored.id);
      if ((await countEntities(trx, stored.id)) === 0) candidates.add(identifier);
    }
    const isNeeded = (identifier: string) =>
      blueprintsAimingAt(model, identifier).some((other) => !candidates.has(other));
    for (let needed = [...candidates].filter(isNeeded); needed.length > 0; needed = [...candidates].filter(isNeeded)) {
      for (const identifier of needed) candidates.delete(identifier);
    }
    for (const identifier of candidates) await removeBlueprint(trx, model.get(identifier), actor, new Date());
    await writeFacts(
      trx,
      [...candidates].map((blueprint) => ({ kind: 'blueprint.deleted', blueprint })),
    );
    return [...candidates];
  });
  memory.forget();
  announcer.announce();
  return retired;
}
