import type { Answer, planBlueprint } from '@gantry/contract';

export type BlueprintPlan = Answer<typeof planBlueprint>['plan'];
export type PlanEffect = BlueprintPlan['effects'][number];

export interface PlanView {
  /** Effects that lose values: each must be ticked before applying. */
  destructive: PlanEffect[];
  /** Everything else that stored entities will notice. */
  harmless: PlanEffect[];
  headline: string;
}

export function planView({ entities, effects }: BlueprintPlan): PlanView {
  const destructive = effects.filter((effect) => effect.destructive);
  return {
    destructive,
    harmless: effects.filter((effect) => !effect.destructive),
    headline: headline(entities, effects, destructive),
  };
}

function headline(entities: number, effects: readonly PlanEffect[], destructive: readonly PlanEffect[]): string {
  if (entities === 0) return 'There are no entities of this blueprint yet, so nothing stored is affected.';
  if (effects.length === 0)
    return `Nothing changes for ${entities === 1 ? 'the stored entity' : `the ${entities} stored entities`}.`;
  if (destructive.length === 0) {
    return entities === 1
      ? 'The stored entity keeps all its values.'
      : `All ${entities} stored entities keep their values.`;
  }
  const most = Math.max(...destructive.map((effect) => effect.entities));
  return `Values of ${most === 1 ? '1 entity' : `up to ${most} entities`} out of ${entities} are lost; history keeps them.`;
}

/** Names an effect for its checkbox; effects have no id of their own, and path and kind together are unique. */
export function effectKey({ kind, path }: PlanEffect): string {
  return `${kind} ${path}`;
}

export function mayApply(plan: BlueprintPlan, ticked: ReadonlySet<string>): boolean {
  return plan.effects.every((effect) => !effect.destructive || ticked.has(effectKey(effect)));
}
