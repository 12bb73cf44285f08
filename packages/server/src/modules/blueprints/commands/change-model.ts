import {
  type Actor,
  type Blueprint,
  checkReferences,
  checkSystemChange,
  type Fact,
  followPermissions,
  followRename,
  isSameJson,
  mergeWithStructure,
  parseBlueprint,
  Refusal,
  type Rename,
  refuseInvalid,
  systemStructure,
} from '@gantry/core';
import { type Db, type Trx, transaction } from '../../../db/pool.ts';
import type { EntityKeeper } from '../entity-keeper.ts';
import { Model } from '../model.ts';
import { announceModel, lockModel, readBlueprints, updateBlueprint, updatePermissions } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';

/** What the commands of this module work with. */
export interface BlueprintKit {
  readonly db: Db;
  readonly keeper: EntityKeeper;
}

/** One change of the model: nobody else changes it meanwhile, and at commit every process hears of it. */
export async function changeModel<T>(db: Db, change: (trx: Trx, model: Model) => Promise<T>): Promise<T> {
  return transaction(db, async (trx) => {
    await lockModel(trx);
    const result = await change(trx, new Model(await readBlueprints(trx)));
    await announceModel(trx);
    return result;
  });
}

/** @throws Refusal `invalid_request` with everything that is wrong */
export function readDefinition(input: unknown): Blueprint {
  const parsed = parseBlueprint(input);
  if (!parsed.ok) throw refuseInvalid(parsed.problems);
  return parsed.value;
}

/** @throws Refusal `already_exists` */
export function refuseTaken(model: Model, identifier: string): void {
  if (!model.find(identifier)) return;
  throw new Refusal(
    'already_exists',
    `There is a blueprint \`${identifier}\` already. Change it with PUT, or choose another identifier.`,
  );
}

/** Names that begin with `_` are the portal's own. @throws Refusal `invalid_request` */
export function refuseReserved(identifier: string): void {
  if (!identifier.startsWith('_')) return;
  const message = 'identifiers that begin with `_` belong to built-in blueprints';
  throw refuseInvalid([{ path: 'identifier', message, remedy: 'choose one that begins otherwise' }]);
}

/** A new definition of a blueprint as it may be stored among the others. @throws Refusal `invalid_request` */
export function settleDefinition(model: Model, before: StoredBlueprint | null, wanted: Blueprint): Blueprint {
  const structure = before && systemStructure(before.identifier);
  const problems = structure ? checkSystemChange(structure, wanted) : [];
  const definition = structure ? mergeWithStructure(structure, wanted) : followOwnRename(model, before, wanted);
  const lookup = (identifier: string) => model.find(identifier)?.definition;
  problems.push(...checkReferences(definition, lookup));
  if (problems.length > 0) throw refuseInvalid(problems);
  return definition;
}

/** Relations of a blueprint to itself may still say its old name. */
function followOwnRename(model: Model, before: StoredBlueprint | null, wanted: Blueprint): Blueprint {
  if (!before || before.identifier === wanted.identifier) return wanted;
  const rename: Rename = { kind: 'blueprint', from: before.identifier, to: wanted.identifier };
  return followRename(wanted, rename, (identifier) => model.find(identifier)?.definition);
}

/** Every other blueprint that refers to what was renamed gets a new revision. @returns what is to be told */
export async function followInOthers(
  trx: Trx,
  model: Model,
  renamed: StoredBlueprint,
  rename: Rename,
  actor: Actor,
): Promise<Fact[]> {
  const lookup = (identifier: string) => model.find(identifier)?.definition;
  const facts: Fact[] = [];
  for (const other of model.all) {
    if (other.id === renamed.id) continue;
    const definition = followRename(other.definition, rename, lookup);
    const permissions = followPermissions(other.permissions, other.identifier, rename, lookup);
    const stamp = { at: new Date(), actor };
    if (JSON.stringify(definition) === JSON.stringify(other.definition)) {
      if (!isSameJson(permissions, other.permissions)) await updatePermissions(trx, other, { permissions, ...stamp });
      continue;
    }
    await updateBlueprint(trx, other, { definition, permissions, ...stamp });
    facts.push({ kind: 'blueprint.updated', blueprint: other.identifier });
  }
  return facts;
}
