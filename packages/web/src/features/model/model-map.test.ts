import { describe, expect, it } from 'vitest';
import { cardinality, dependents, type ModelBlueprint, modelMap } from './model-map.ts';

const blueprint = (identifier: string, relations: ModelBlueprint['relations'], system = false): ModelBlueprint => ({
  identifier,
  schema: { properties: {}, required: [] },
  relations,
  mirrorProperties: {},
  calculationProperties: {},
  aggregationProperties: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: '',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: '',
  entityCount: 1,
  staleCount: 0,
  system,
  lastUpdatedAt: null,
});

describe('modelMap', () => {
  const model = [
    blueprint('service', {
      owner: { target: '_team', many: false, required: true },
      uses: { target: 'service', many: true, required: false },
    }),
    blueprint('_team', {}, true),
  ];

  it('leaves out system blueprints and relations to them unless asked for', () => {
    expect(modelMap(model, false).edges.map(({ relation }) => relation)).toEqual(['uses']);
    expect(modelMap(model, true).nodes.map(({ id, degree }) => [id, degree])).toEqual([
      ['service', 2],
      ['_team', 1],
    ]);
  });

  it('knows what would keep a blueprint from being deleted', () => {
    expect(dependents(model, '_team')).toEqual([{ blueprint: 'service', relation: 'owner', title: 'owner' }]);
    expect(dependents(model, 'service')).toEqual([]);
  });

  it('words cardinality', () => {
    expect([{ many: true }, { required: true }, {}].map(cardinality)).toEqual(['many', 'exactly one', 'one or none']);
  });
});
