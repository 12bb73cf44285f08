import { planChange } from '@gantry/core';
import { Model } from '../model.ts';
import { countEntities, readBlueprints } from '../store.ts';
import { type BlueprintKit, readDefinition, refuseReserved, refuseTaken, settleDefinition } from './change-model.ts';

export interface BlueprintPlan {
  readonly entities: number;
  readonly effects: { kind: string; path: string; message: string; entities: number; destructive: boolean }[];
}

/** What replacing a blueprint would do, asked of the same code that does it. @throws like `replaceBlueprint` */
export async function planBlueprint(kit: BlueprintKit, at: string, input: unknown): Promise<BlueprintPlan> {
  const wanted = readDefinition(input);
  const model = new Model(await readBlueprints(kit.db));
  const before = model.get(at);
  if (wanted.identifier !== before.identifier) {
    refuseTaken(model, wanted.identifier);
    refuseReserved(wanted.identifier);
  }
  const effects = planChange(before.definition, settleDefinition(model, before, wanted));
  const concerned = await kit.keeper.countConcerned(kit.db, before, effects);
  return {
    entities: await countEntities(kit.db, before.id),
    effects: effects.map(({ kind, path, message, destructive }, index) => {
      return { kind, path, message, destructive, entities: concerned[index] ?? 0 };
    }),
  };
}
