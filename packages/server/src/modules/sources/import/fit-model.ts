import type { Actor, Blueprint } from '@gantry/core';
import { type IngestedEntity, neededBlueprints, planBlueprints } from '@gantry/core/backstage';
import { extendModel } from '../../blueprints/index.ts';
import type { SourceKit } from '../kit.ts';

export interface FittedModel {
  readonly blueprints: ReadonlyMap<string, Blueprint>;
  /** Identifiers of blueprints that did not exist before. */
  readonly created: readonly string[];
}

/** Makes the model wide enough for these entities: what is missing is added, what is there stays as people want it. */
export async function fitModel(
  { entities: kit }: SourceKit,
  entities: readonly IngestedEntity[],
  actor: Actor,
): Promise<FittedModel> {
  const needed = neededBlueprints(entities.map(({ entity }) => entity));
  const planFor = (existing: Iterable<Blueprint>) => planBlueprints(existing, needed);
  const known = (await kit.memory.current()).all.map(({ definition }) => definition);
  let plan = planFor(known);
  if (plan.changes.length === 0) return { blueprints: plan.blueprints, created: [] };
  const extended = await extendModel(
    kit,
    (existing) => {
      plan = planFor(existing);
      return plan.changes.map(({ after }) => after);
    },
    actor,
  );
  return { blueprints: plan.blueprints, created: extended.created.map(({ identifier }) => identifier) };
}
