import { describe, expect, it } from 'vitest';
import type { Blueprint } from './blueprint.ts';
import { parseBlueprint } from './check-blueprint.ts';
import { planChange } from './plan-change.ts';

function blueprint(properties: object, relations: object = {}, more: object = {}): Blueprint {
  const result = parseBlueprint({ identifier: 'service', schema: { properties, ...more }, relations, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const effects = (before: Blueprint, after: Blueprint) =>
  planChange(before, after).map(({ kind, destructive }) => `${kind}${destructive ? '!' : ''}`);

describe('planChange', () => {
  it.each<[string, object | null, object | null, string[]]>([
    ['a new property', null, { type: 'string' }, []],
    ['another title', { type: 'string' }, { type: 'string', title: 'T', default: 'x' }, []],
    ['a property less', { type: 'string' }, null, ['property-dropped!']],
    ['another type', { type: 'string' }, { type: 'number' }, ['property-retyped!']],
    ['other items', { type: 'array' }, { type: 'array', items: { type: 'number' } }, ['property-retyped!']],
    ['items spelled out', { type: 'array' }, { type: 'array', items: { type: 'string' } }, []],
    ['a format', { type: 'string' }, { type: 'string', format: 'url' }, ['property-narrowed']],
    ['a format less', { type: 'string', format: 'url' }, { type: 'string' }, []],
    [
      'a format of items',
      { type: 'array' },
      { type: 'array', items: { type: 'string', format: 'url' } },
      ['property-narrowed'],
    ],
    ['a member more', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['a', 'b'] }, []],
    ['a member less', { type: 'string', enum: ['a', 'b'] }, { type: 'string', enum: ['a'] }, ['property-narrowed']],
    ['a longer minimum', { type: 'string', minLength: 1 }, { type: 'string', minLength: 2 }, ['property-narrowed']],
    ['a longer maximum', { type: 'string', maxLength: 1 }, { type: 'string', maxLength: 2 }, []],
    ['a first maximum', { type: 'number' }, { type: 'number', maximum: 2 }, ['property-narrowed']],
  ])('%s', (_, before, after, expected) => {
    expect(effects(blueprint(before ? { x: before } : {}), blueprint(after ? { x: after } : {}))).toEqual(expected);
  });

  it.each<[string, object | null, object | null, string[]]>([
    ['a new relation', null, { target: 'a' }, []],
    ['a new required relation', null, { target: 'a', required: true }, ['relation-now-required']],
    ['a relation less', { target: 'a' }, null, ['relation-dropped!']],
    ['another target', { target: 'a' }, { target: 'b' }, ['relation-retargeted!']],
    ['many instead of one', { target: 'a' }, { target: 'a', many: true }, ['relation-widened']],
    ['one instead of many', { target: 'a', many: true }, { target: 'a' }, ['relation-narrowed!']],
    ['no longer required', { target: 'a', required: true }, { target: 'a' }, []],
  ])('%s', (_, before, after, expected) => {
    expect(effects(blueprint({}, before ? { r: before } : {}), blueprint({}, after ? { r: after } : {}))).toEqual(
      expected,
    );
  });

  it('says what becomes required, and what is renamed with the relations to itself', () => {
    const before = blueprint({ x: { type: 'string' } }, { up: { target: 'service' } });
    const after = blueprint(
      { x: { type: 'string' } },
      { up: { target: 'app' } },
      { identifier: 'app', required: ['x'] },
    );
    expect(planChange(before, { ...after, schema: { ...after.schema, required: ['x'] } })).toMatchObject([
      { kind: 'blueprint-renamed', from: 'service', to: 'app' },
      { kind: 'property-now-required', property: 'x' },
    ]);
  });

  it('is not misled by names that every object has', () => {
    const before = blueprint({ constructor: { type: 'string' } }, { toString: { target: 'a' } });
    expect(effects(before, blueprint({}))).toEqual(['property-dropped!', 'relation-dropped!']);
  });

  it('is empty between equals', () => {
    const same = blueprint({ x: { type: 'string', pattern: 'a' } }, { r: { target: 'a' } });
    expect(planChange(same, structuredClone(same))).toEqual([]);
  });
});
