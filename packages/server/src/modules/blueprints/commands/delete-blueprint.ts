import { type Actor, type Blueprint, Refusal } from '@gantry/core';
import type { Db } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import type { Model } from '../model.ts';
import { countEntities, lockBlueprint, removeBlueprint } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import { changeModel } from './change-model.ts';

/**
 * Deletes a blueprint without entities that no other blueprint aims at.
 * @throws Refusal `not_found`, `has_dependents`, `forbidden`
 */
export async function deleteBlueprint(db: Db, identifier: string, actor: Actor): Promise<void> {
  await changeModel(db, async (trx, model) => {
    const stored = model.get(identifier);
    refuseSystem(stored);
    await lockBlueprint(trx, stored.id);
    refuseNeeded(stored, await countEntities(trx, stored.id), blueprintsAimingAt(model, identifier));
    await removeBlueprint(trx, stored, actor, new Date());
    await writeFacts(trx, [{ kind: 'blueprint.deleted', blueprint: identifier }]);
  });
}

export function refuseSystem(stored: StoredBlueprint): void {
  if (!stored.isSystem) return;
  throw new Refusal('forbidden', `Blueprint \`${stored.identifier}\` is built in. It can be extended, not deleted.`);
}

/** Identifiers of the other blueprints whose relations or aggregations lead to this one. */
export function blueprintsAimingAt(model: Model, identifier: string): string[] {
  const aims = ({ relations, aggregationProperties }: Blueprint) =>
    [...Object.values(relations), ...Object.values(aggregationProperties)].some(({ target }) => target === identifier);
  return model.all.filter((one) => one.identifier !== identifier && aims(one.definition)).map((one) => one.identifier);
}

/** The word `has_dependents` in the message is what Terraform's provider looks for. */
function refuseNeeded({ identifier }: StoredBlueprint, entities: number, blueprints: readonly string[]): void {
  const reasons = [
    ...(entities > 0 ? [`it has ${entities} ${entities === 1 ? 'entity' : 'entities'}`] : []),
    ...blueprints.map((other) => `blueprint ${other} aims at it`),
  ];
  if (reasons.length === 0) return;
  throw new Refusal(
    'has_dependents',
    `Blueprint ${identifier} cannot be deleted (has_dependents): ${reasons.join('; ')}. Remove those first, or delete all its entities with DELETE /v1/blueprints/${identifier}/all-entities.`,
    { details: { entities, blueprints } },
  );
}
