import {
  type Actor,
  type Blueprint,
  checkReferences,
  checkSystemChange,
  type Fact,
  parseBlueprint,
  planChange,
  refuseInvalid,
  systemStructure,
} from '@gantry/core';
import type { Db, Trx } from '../../../db/pool.ts';
import { type Announcer, writeFacts } from '../../../events/outbox.ts';
import type { Model, ModelMemory } from '../model.ts';
import { insertBlueprint, lockBlueprint, updateBlueprint } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import { changeModel } from './change-model.ts';

export interface ModelKit {
  readonly db: Db;
  readonly memory: ModelMemory;
  readonly announcer: Announcer;
}

export interface ExtendedModel {
  readonly created: readonly StoredBlueprint[];
  readonly updated: readonly StoredBlueprint[];
}

/**
 * Adds blueprints, and adds to blueprints, as one change: the new ones may point at one another in circles. `plan` is
 * shown the model as it is, under lock, and answers each blueprint that is to become something else, in full. Nothing
 * stored is ever lost by it: taking away is not what this is for.
 * @throws Refusal `invalid_request` naming everything that does not fit
 */
export async function extendModel(
  { db, memory, announcer }: ModelKit,
  plan: (existing: readonly Blueprint[]) => readonly Blueprint[],
  actor: Actor,
): Promise<ExtendedModel> {
  const extended = await changeModel(db, async (trx, model) => {
    const wanted = plan(model.all.map(({ definition }) => definition));
    check(model, wanted);
    return write(trx, model, wanted, actor);
  });
  memory.forget();
  announcer.announce();
  return extended;
}

function check(model: Model, wanted: readonly Blueprint[]): void {
  const arriving = new Map(wanted.map((blueprint) => [blueprint.identifier, blueprint]));
  const lookup = (identifier: string) => arriving.get(identifier) ?? model.find(identifier)?.definition;
  const problems = wanted.flatMap((blueprint) => {
    const parsed = parseBlueprint(blueprint);
    const structure = systemStructure(blueprint.identifier);
    const found = [
      ...(parsed.ok ? [] : parsed.problems),
      ...checkReferences(blueprint, lookup),
      ...(structure ? checkSystemChange(structure, blueprint) : []),
    ];
    return found.map((problem) => ({ ...problem, path: `${blueprint.identifier}.${problem.path}` }));
  });
  if (problems.length > 0) throw refuseInvalid(problems);
}

async function write(
  trx: Trx,
  model: Model,
  wanted: readonly Blueprint[],
  actor: Actor,
): Promise<{ created: StoredBlueprint[]; updated: StoredBlueprint[] }> {
  const created: StoredBlueprint[] = [];
  const updated: StoredBlueprint[] = [];
  for (const definition of wanted) {
    const revision = { definition, at: new Date(), actor };
    const before = model.find(definition.identifier);
    if (!before) created.push(await insertBlueprint(trx, revision));
    else {
      refuseLoss(before.definition, definition);
      await lockBlueprint(trx, before.id);
      updated.push(await updateBlueprint(trx, before, revision));
    }
  }
  const fact = (kind: Fact['kind']) => (stored: StoredBlueprint) => ({ kind, blueprint: stored.identifier });
  await writeFacts(trx, [...created.map(fact('blueprint.created')), ...updated.map(fact('blueprint.updated'))]);
  return { created, updated };
}

function refuseLoss(before: Blueprint, after: Blueprint): void {
  const loss = planChange(before, after).find(({ destructive }) => destructive);
  if (loss) throw new Error(`Extending blueprint ${before.identifier} would lose values: ${loss.message}`);
}
