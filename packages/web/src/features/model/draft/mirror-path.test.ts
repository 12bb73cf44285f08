import { describe, expect, it } from 'vitest';
import type { Draft } from './draft.ts';
import { choose, pathProblem, pathSteps, relationPaths } from './mirror-path.ts';

const drafts: Record<string, Draft> = {
  service: {
    identifier: 'service',
    relations: { system: { target: 'system' }, uses: { target: 'service', many: true } },
  },
  system: {
    identifier: 'system',
    schema: { properties: { tier: { type: 'string', title: 'Tier' } } },
    relations: { domain: { target: 'domain' } },
  },
  domain: { identifier: 'domain' },
};
const lookup = (identifier: string) => drafts[identifier];
const service = drafts.service ?? { identifier: '' };

describe('mirror paths', () => {
  it('starts with a relation and goes on until something ends it', () => {
    expect(pathSteps(service, '', lookup).map(({ options }) => options.map(({ key }) => key))).toEqual([
      ['system', 'uses'],
    ]);
    const steps = pathSteps(service, 'system.tier', lookup);
    expect(steps.map(({ blueprint, chosen }) => [blueprint, chosen])).toEqual([
      ['service', 'system'],
      ['system', 'tier'],
    ]);
    expect(
      pathSteps(service, 'system', lookup)
        .at(-1)
        ?.options.map(({ key }) => key),
    ).toContain('$title');
  });

  it('forgets what came after a changed choice', () => {
    expect(choose('system.domain.$title', 1, 'tier')).toBe('system.tier');
    expect(choose('', 0, 'system')).toBe('system');
  });

  it('says what is missing', () => {
    expect(pathProblem(service, '', lookup)).toBe('Choose the relation to follow.');
    expect(pathProblem(service, 'system', lookup)).toBe('Choose what to show of system.');
    expect(pathProblem(service, 'system.gone', lookup)).toBe('system has no "gone".');
    expect(pathProblem(service, 'gone.x', lookup)).toBe('service has no "gone".');
    expect(pathProblem(service, 'system.domain.$title', lookup)).toBeUndefined();
  });

  it('finds chains between blueprints, shortest first, without running in circles', () => {
    expect(relationPaths('service', 'domain', lookup)).toEqual([
      { fromBlueprint: 'service', path: ['system', 'domain'] },
    ]);
    expect(relationPaths('service', 'service', lookup).map(({ path }) => path)).toEqual([['uses']]);
    expect(relationPaths('domain', 'service', lookup)).toEqual([]);
  });
});
