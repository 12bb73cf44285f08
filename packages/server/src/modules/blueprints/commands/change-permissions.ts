import {
  type Actor,
  checkPolicyReach,
  isAlmighty,
  isSameJson,
  type OwnPermissions,
  parsePermissions,
  refuseInvalid,
} from '@gantry/core';
import type { Db } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import { lockBlueprint, updatePermissions } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import { changeModel } from './change-model.ts';

/** The permissions a change by this actor would leave. @throws Refusal `invalid_request` with everything that is wrong */
export function readPermissions(
  { definition, permissions }: StoredBlueprint,
  input: unknown,
  actor: Actor,
): OwnPermissions {
  const parsed = parsePermissions(definition, input, permissions);
  if (!parsed.ok) throw refuseInvalid(parsed.problems);
  const problems = isAlmighty(actor) ? [] : checkPolicyReach(definition, permissions, parsed.value);
  if (problems.length > 0) throw refuseInvalid(problems);
  return parsed.value;
}

/**
 * Changes who may do what with the entities of a blueprint. Writes under way end before it; later ones are decided by it.
 * @throws Refusal `not_found`, `invalid_request`
 */
export async function changePermissions(
  db: Db,
  blueprint: string,
  input: unknown,
  actor: Actor,
): Promise<StoredBlueprint> {
  return changeModel(db, async (trx, model) => {
    const before = model.get(blueprint);
    const permissions = readPermissions(before, input, actor);
    if (isSameJson(permissions, before.permissions)) return before;
    await lockBlueprint(trx, before.id);
    const stored = await updatePermissions(trx, before, { permissions, at: new Date(), actor });
    await writeFacts(trx, [{ kind: 'blueprint.updated', blueprint }]);
    return stored;
  });
}
