import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlueprint } from './check-blueprint.ts';

const bare = { identifier: 'service', schema: { properties: {} } };

function parsed(input: unknown) {
  const result = parseBlueprint(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function refusals(input: unknown): string[] {
  const result = parseBlueprint(input);
  return result.ok ? [] : result.problems.map(({ path }) => path);
}

describe('parseBlueprint', () => {
  it('takes the microservice of the getting-started guide as it stands', () => {
    const microservice = {
      identifier: 'microservice',
      title: 'Microservice',
      schema: {
        properties: {
          language: { type: 'string', enum: ['go', 'python', 'java', 'typescript'] },
          on_call: { type: 'string' },
          repository: { type: 'string', format: 'url' },
          last_deploy: { type: 'string', format: 'date-time' },
        },
      },
      relations: {
        team: { target: 'team', required: true },
        environment: { target: 'environment', many: true },
        depends_on: { target: 'microservice', many: true },
      },
    };
    expect(parsed(microservice)).toEqual({
      ...microservice,
      schema: { ...microservice.schema, required: [] },
      relations: {
        team: { target: 'team', many: false, required: true },
        environment: { target: 'environment', many: true, required: false },
        depends_on: { target: 'microservice', many: true, required: false },
      },
      mirrorProperties: {},
      calculationProperties: {},
      aggregationProperties: {},
    });
  });

  it('reads maps that are null or absent as none, as clients written in Go send them', () => {
    const nils = { relations: null, mirrorProperties: null, calculationProperties: null, aggregationProperties: null };
    const empty = parsed({ identifier: 'service' });
    expect(parsed({ ...nils, identifier: 'service', schema: null, ownership: null, icon: null })).toEqual(empty);
    expect(parsed({ identifier: 'service', schema: { properties: null, required: null } })).toEqual(empty);
    expect(empty).toEqual({
      identifier: 'service',
      schema: { properties: {}, required: [] },
      relations: {},
      mirrorProperties: {},
      calculationProperties: {},
      aggregationProperties: {},
    });
  });

  it('fills in nothing, keeps an empty description and the order of keys, and forgets meta fields', () => {
    const input = {
      ...bare,
      description: '',
      createdAt: '2024-05-01T10:00:00.000Z',
      createdBy: 'x',
      updatedAt: '',
      updatedBy: 5,
      _comment: 'not ours',
      changelogDestination: { type: 'WEBHOOK', url: 'https://example.com' },
      includeInGlobalSearch: false,
      schema: {
        properties: { z: { type: 'string' }, a: { type: 'number', unknown: { kept: true } } },
        required: ['a'],
      },
      relations: { up: { target: 'service', title: 'Up', type: 'custom' } },
    };
    const blueprint = parsed(input);
    expect(blueprint.description).toBe('');
    expect(Object.keys(blueprint.schema.properties)).toEqual(['z', 'a']);
    expect(blueprint.schema.properties.a).toEqual({ type: 'number', unknown: { kept: true } });
    expect(blueprint.relations.up).toEqual({
      target: 'service',
      title: 'Up',
      type: 'custom',
      many: false,
      required: false,
    });
    expect(blueprint.changelogDestination).toEqual({ type: 'WEBHOOK', url: 'https://example.com' });
    expect(blueprint.includeInGlobalSearch).toBe(false);
    expect(blueprint).not.toHaveProperty('createdAt');
    expect(blueprint).not.toHaveProperty('_comment');
    expect(parsed(bare)).not.toHaveProperty('includeInGlobalSearch');
  });

  it('takes mirrors, calculations, aggregations, ownership and every form of key and identifier', () => {
    const input = {
      ...bare,
      identifier: 'сервис/α.v1:@x+_-\\',
      schema: { properties: { 'odd-key=@\\x': { type: 'string' } } },
      relations: { 'up-1': { target: 'x' } },
      mirrorProperties: { m: { path: 'up-1.$title' }, n: { path: 'up-1.other.name', title: 'N' } },
      calculationProperties: {
        c: {
          calculation: "'https://x/' + .identifier",
          type: 'string',
          format: 'url',
          colorized: true,
          colors: { a: 'red' },
        },
      },
      aggregationProperties: {
        count: { target: 'issue', calculationSpec: { calculationBy: 'entities', func: 'count' } },
        average: {
          target: 'issue',
          calculationSpec: {
            calculationBy: 'property',
            func: 'average',
            property: 'age',
            averageOf: 'week',
            measureTimeBy: '$createdAt',
          },
          query: { combinator: 'and', rules: [{ property: 'status', operator: '=', value: 'open' }] },
          pathFilter: [{ fromBlueprint: 'issue', path: ['service'] }],
        },
      },
      ownership: { type: 'Inherited', path: 'up-1.other', title: 'Owners' },
      teamInheritance: { path: 'up-1' },
    };
    const blueprint = parsed(input);
    for (const key of ['mirrorProperties', 'calculationProperties', 'aggregationProperties', 'ownership'] as const) {
      expect(blueprint[key]).toEqual(input[key]);
    }
    expect(parsed({ ...bare, ownership: { type: 'Direct', path: null } }).ownership).toEqual({ type: 'Direct' });
  });

  it.each<[string, unknown, string[]]>([
    ['no object', [], ['']],
    ['no identifier', {}, ['identifier']],
    ['an empty identifier', { identifier: '' }, ['identifier']],
    ['an identifier of dots', { identifier: '..' }, ['identifier']],
    ['an identifier with a space', { identifier: 'a b' }, ['identifier']],
    ['an identifier too long', { identifier: 'a'.repeat(101) }, ['identifier']],
    ['a title too long', { ...bare, title: 'a'.repeat(101) }, ['title']],
    ['a description too long', { ...bare, description: 'a'.repeat(201) }, ['description']],
    ['a schema that is no object', { ...bare, schema: [] }, ['schema']],
    ['properties that are no object', { ...bare, schema: { properties: [] } }, ['schema.properties']],
    [
      'an odd property key',
      { ...bare, schema: { properties: { 'a b': { type: 'string' } } } },
      ['schema.properties.a b'],
    ],
    ['a wrong property', { ...bare, schema: { properties: { a: { type: 'x' } } } }, ['schema.properties.a.type']],
    ['a required stranger', { ...bare, schema: { properties: {}, required: ['a'] } }, ['schema.required.0']],
    ['required that is no list', { ...bare, schema: { properties: {}, required: 'a' } }, ['schema.required']],
    ['a relation without a target', { ...bare, relations: { r: {} } }, ['relations.r.target']],
    [
      'a relation many and required',
      { ...bare, relations: { r: { target: 'x', many: true, required: true } } },
      ['relations.r'],
    ],
    ['a flag that is none', { ...bare, relations: { r: { target: 'x', many: 'yes' } } }, ['relations.r.many']],
    ['a mirror of nothing', { ...bare, mirrorProperties: { m: { path: 'title' } } }, ['mirrorProperties.m.path']],
    [
      'a mirror over no relation',
      { ...bare, mirrorProperties: { m: { path: 'r.title' } } },
      ['mirrorProperties.m.path'],
    ],
    [
      'a mirror of no meta property',
      { ...bare, relations: { r: { target: 'x' } }, mirrorProperties: { m: { path: 'r.$x' } } },
      ['mirrorProperties.m.path'],
    ],
    [
      'a calculation without a type',
      { ...bare, calculationProperties: { c: { calculation: '.x' } } },
      ['calculationProperties.c.type'],
    ],
    [
      'an aggregation of no known function',
      {
        ...bare,
        aggregationProperties: { a: { target: 'x', calculationSpec: { calculationBy: 'entities', func: 'sum' } } },
      },
      ['aggregationProperties.a.calculationSpec.func'],
    ],
    [
      'an aggregation of no property',
      {
        ...bare,
        aggregationProperties: { a: { target: 'x', calculationSpec: { calculationBy: 'property', func: 'sum' } } },
      },
      ['aggregationProperties.a.calculationSpec.property'],
    ],
    [
      'an aggregation with a wrong query',
      {
        ...bare,
        aggregationProperties: {
          a: {
            target: 'x',
            calculationSpec: { calculationBy: 'entities', func: 'count' },
            query: { combinator: 'and', rules: [{ property: 'x', operator: 'is' }] },
          },
        },
      },
      ['aggregationProperties.a.query.rules.0.operator'],
    ],
    [
      'an aggregation with two path filters',
      {
        ...bare,
        aggregationProperties: {
          a: {
            target: 'x',
            calculationSpec: { calculationBy: 'entities', func: 'count' },
            pathFilter: [{ path: ['a'] }, { path: ['b'] }],
          },
        },
      },
      ['aggregationProperties.a.pathFilter'],
    ],
    [
      'an aggregation with an empty path',
      {
        ...bare,
        aggregationProperties: {
          a: { target: 'x', calculationSpec: { calculationBy: 'entities', func: 'count' }, pathFilter: [{ path: [] }] },
        },
      },
      ['aggregationProperties.a.pathFilter.0.path'],
    ],
    [
      'one name for two properties',
      {
        ...bare,
        schema: { properties: { a: { type: 'string' } } },
        calculationProperties: { a: { calculation: '1', type: 'number' } },
      },
      ['calculationProperties.a'],
    ],
    ['ownership of no known type', { ...bare, ownership: { type: 'None' } }, ['ownership.type']],
    ['inherited ownership from nowhere', { ...bare, ownership: { type: 'Inherited' } }, ['ownership.path']],
    [
      'inherited ownership over no relation',
      { ...bare, ownership: { type: 'Inherited', path: 'r' } },
      ['ownership.path'],
    ],
    ['a webhook without a URL', { ...bare, changelogDestination: { type: 'WEBHOOK' } }, ['changelogDestination.url']],
    [
      'a prototype key',
      JSON.parse('{"identifier": "a", "schema": {"properties": {"__proto__": {"type": "string"}}}}'),
      ['schema.properties.__proto__'],
    ],
  ])('refuses %s', (_, input, paths) => {
    expect(refusals(input)).toEqual(paths);
  });

  it('reports everything at once', () => {
    const input = {
      identifier: 'a b',
      title: 5,
      schema: { properties: { x: { type: 'number', default: 'five' } }, required: ['y'] },
      relations: { r: { target: 'x', many: true, required: true } },
      ownership: { type: 'Inherited' },
    };
    expect(refusals(input)).toEqual([
      'title',
      'identifier',
      'ownership.path',
      'schema.properties.x.default',
      'relations.r',
    ]);
  });

  it('never throws, whatever arrives', () => {
    const section = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything()));
    const near = fc.record(
      {
        identifier: fc.oneof(fc.string(), fc.anything()),
        schema: fc.oneof(
          fc.anything(),
          fc.record({ properties: section, required: fc.anything() }, { requiredKeys: [] }),
        ),
        relations: section,
        mirrorProperties: section,
        calculationProperties: section,
        aggregationProperties: section,
        ownership: fc.anything(),
        teamInheritance: fc.anything(),
        changelogDestination: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(near, fc.anything(), fc.jsonValue()),
        (input) => typeof parseBlueprint(input).ok === 'boolean',
      ),
    );
  });

  it('is stable: what was accepted is accepted again and reads the same', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9@_=\\-]{1,8}$/).filter((name) => name !== '__proto__');
    const property = fc.constantFrom({ type: 'string', title: 'T' }, { type: 'array' }, { type: 'number', default: 0 });
    const blueprint = fc.record({
      identifier: fc.stringMatching(/^[a-z]{1,10}$/),
      schema: fc.record({ properties: fc.dictionary(key, property) }),
      relations: fc.dictionary(key, fc.record({ target: fc.constant('x'), many: fc.boolean() })),
    });
    fc.assert(
      fc.property(blueprint, (input) => {
        expect(parsed(parsed(input))).toEqual(parsed(input));
      }),
    );
  });
});
