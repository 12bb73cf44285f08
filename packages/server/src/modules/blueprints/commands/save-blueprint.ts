import { type Actor, type Blueprint, type Fact, followPermissions, planChange } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import type { Model } from '../model.ts';
import { insertBlueprint, lockBlueprint, updateBlueprint } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import {
  type BlueprintKit,
  changeModel,
  followInOthers,
  readDefinition,
  refuseReserved,
  refuseTaken,
  settleDefinition,
} from './change-model.ts';

/** Declares a blueprint. @throws Refusal `invalid_request`, `already_exists` */
export async function createBlueprint({ db }: BlueprintKit, input: unknown, actor: Actor): Promise<StoredBlueprint> {
  const wanted = readDefinition(input);
  return changeModel(db, async (trx, model) => {
    refuseTaken(model, wanted.identifier);
    refuseReserved(wanted.identifier);
    const definition = settleDefinition(model, null, wanted);
    const stored = await insertBlueprint(trx, { definition, at: new Date(), actor });
    await writeFacts(trx, [{ kind: 'blueprint.created', blueprint: stored.identifier }]);
    return stored;
  });
}

/**
 * Replaces a blueprint; nothing of the old one stays, and stored entities are made to fit. Another identifier renames
 * it, and whatever refers to it follows. @throws Refusal `not_found`, `invalid_request`, `already_exists`
 */
export async function replaceBlueprint(
  kit: BlueprintKit,
  at: string,
  input: unknown,
  actor: Actor,
): Promise<StoredBlueprint> {
  const wanted = readDefinition(input);
  return changeModel(kit.db, (trx, model) => put(kit, trx, model, model.get(at), wanted, actor));
}

/** Replaces only the top-level keys that are given. @throws like `replaceBlueprint` */
export async function patchBlueprint(
  kit: BlueprintKit,
  at: string,
  input: object,
  actor: Actor,
): Promise<StoredBlueprint> {
  return changeModel(kit.db, (trx, model) => {
    const before = model.get(at);
    return put(kit, trx, model, before, readDefinition({ ...before.definition, ...input }), actor);
  });
}

async function put(
  kit: BlueprintKit,
  trx: Trx,
  model: Model,
  before: StoredBlueprint,
  wanted: Blueprint,
  actor: Actor,
): Promise<StoredBlueprint> {
  const isRenamed = wanted.identifier !== before.identifier;
  if (isRenamed) {
    refuseTaken(model, wanted.identifier);
    refuseReserved(wanted.identifier);
  }
  const definition = settleDefinition(model, before, wanted);
  if (JSON.stringify(definition) === JSON.stringify(before.definition)) return before;
  await lockBlueprint(trx, before.id);
  const rename = { kind: 'blueprint', from: before.identifier, to: definition.identifier } as const;
  const lookup = (identifier: string) => model.find(identifier)?.definition;
  const permissions = isRenamed ? followPermissions(before.permissions, before.identifier, rename, lookup) : undefined;
  const stored = await updateBlueprint(trx, before, { definition, permissions, at: new Date(), actor });
  await kit.keeper.convert(trx, stored, planChange(before.definition, definition), actor);
  const others = isRenamed ? await followInOthers(trx, model, stored, rename, actor) : [];
  if (isRenamed) for (const one of model.all) await kit.keeper.followBlueprintName(trx, one, rename, actor);
  await writeFacts(trx, [changeFact(stored, before.identifier), ...others]);
  return stored;
}

/** Listeners that know the blueprint by its old name learn that in `detail`. */
export function changeFact({ identifier }: StoredBlueprint, before: string): Fact {
  const detail = before === identifier ? {} : { detail: { formerIdentifier: before } };
  return { kind: 'blueprint.updated', blueprint: identifier, ...detail };
}
