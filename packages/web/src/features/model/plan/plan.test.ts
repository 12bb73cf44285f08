import { describe, expect, it } from 'vitest';
import { type BlueprintPlan, effectKey, mayApply, planView } from './plan.ts';

describe('plans', () => {
  const effect = (kind: string, destructive: boolean, entities = 5) => ({
    kind,
    path: `schema.${kind}`,
    message: '',
    entities,
    destructive,
  });
  const plan = (entities: number, ...effects: BlueprintPlan['effects']) => planView({ entities, effects }).headline;

  it('says in one line what happens to what is stored', () => {
    expect(plan(0)).toContain('no entities');
    expect(plan(1)).toBe('Nothing changes for the stored entity.');
    expect(plan(7, effect('narrowed', false))).toBe('All 7 stored entities keep their values.');
    expect(plan(7, effect('dropped', true))).toBe('Values of up to 5 entities out of 7 are lost; history keeps them.');
  });

  it('applies only when every destructive effect is ticked', () => {
    const dropped = effect('dropped', true);
    const whole = { entities: 7, effects: [dropped, effect('narrowed', false)] };
    expect(mayApply(whole, new Set())).toBe(false);
    expect(mayApply(whole, new Set([effectKey(dropped)]))).toBe(true);
  });
});
