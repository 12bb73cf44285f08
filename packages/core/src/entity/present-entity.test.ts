import { describe, expect, it } from 'vitest';
import { parseBlueprint } from '../blueprint/check-blueprint.ts';
import { compileBlueprint } from './compiled-blueprint.ts';
import { type EntityRecord, presentEntity } from './present-entity.ts';

const blueprint = parseBlueprint({
  identifier: 'service',
  schema: { properties: { tier: { type: 'string' }, tags: { type: 'array' } } },
  relations: { system: { target: 'system' }, dependsOn: { target: 'service', many: true } },
  mirrorProperties: { system_name: { path: 'system.$title' } },
});
if (!blueprint.ok) throw new Error(JSON.stringify(blueprint.problems));
const compiled = compileBlueprint(blueprint.value);

const stamps = {
  createdAt: '2024-05-01T10:00:00.000Z',
  createdBy: 'a',
  updatedAt: '2024-05-01T10:00:00.000Z',
  updatedBy: 'b',
};
const bare: EntityRecord = {
  identifier: 'x',
  title: null,
  icon: null,
  team: [],
  properties: {},
  relations: {},
  ...stamps,
};
const full: EntityRecord = {
  ...bare,
  title: 'X',
  icon: 'Cart',
  team: ['a'],
  properties: { tier: 'gold' },
  relations: { system: 'shop', dependsOn: ['y', 'z'] },
  computed: { system_name: 'The Shop', stale: 1 },
};

describe('presentEntity', () => {
  it('lists every property and relation, unset ones as null or an empty list', () => {
    expect(presentEntity(compiled, bare)).toEqual({
      identifier: 'x',
      title: 'x',
      blueprint: 'service',
      team: [],
      properties: { tier: null, tags: null, system_name: null },
      relations: { system: null, dependsOn: [] },
      scorecards: {},
      ...stamps,
    });
  });

  it('merges computed values into the properties, or leaves all of them out', () => {
    expect(presentEntity(compiled, full).properties).toEqual({ tier: 'gold', tags: null, system_name: 'The Shop' });
    expect(presentEntity(compiled, full, { excludeCalculated: true }).properties).toEqual({ tier: 'gold', tags: null });
  });

  it('puts titles beside the identifiers of relations', () => {
    const titleOf = (blueprint: string, identifier: string) =>
      identifier === 'z' ? null : `${blueprint} ${identifier}`;
    expect(presentEntity(compiled, full, { titleOf }).relations).toEqual({
      system: { identifier: 'shop', title: 'system shop' },
      dependsOn: [
        { identifier: 'y', title: 'service y' },
        { identifier: 'z', title: 'z' },
      ],
    });
    expect(presentEntity(compiled, bare, { titleOf }).relations).toEqual({ system: null, dependsOn: [] });
  });

  it('answers only what is asked for, and always who it is', () => {
    expect(presentEntity(compiled, full, { include: ['title', 'properties.tier', 'relations.dependsOn'] })).toEqual({
      identifier: 'x',
      blueprint: 'service',
      title: 'X',
      properties: { tier: 'gold' },
      relations: { dependsOn: ['y', 'z'] },
    });
    expect(presentEntity(compiled, full, { include: ['properties'] })).toEqual({
      identifier: 'x',
      blueprint: 'service',
      properties: { tier: 'gold', tags: null, system_name: 'The Shop' },
    });
    expect(presentEntity(compiled, full, { include: ['identifier'] })).toEqual({
      identifier: 'x',
      blueprint: 'service',
    });
  });

  it('leaves out what is excluded', () => {
    const rest = presentEntity(compiled, full, {
      exclude: ['scorecards', 'properties.tags', 'relations', 'identifier'],
    });
    expect(rest).toMatchObject({ identifier: 'x', properties: { tier: 'gold', system_name: 'The Shop' } });
    expect(rest).not.toHaveProperty('scorecards');
    expect(rest).not.toHaveProperty('relations');
  });
});
