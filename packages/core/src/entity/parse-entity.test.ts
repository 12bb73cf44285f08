import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlueprint } from '../blueprint/check-blueprint.ts';
import { compileBlueprint } from './compiled-blueprint.ts';
import type { EntityContent } from './entity.ts';
import { identifyEntity } from './identifier.ts';
import { parseEntity, type WriteMode } from './parse-entity.ts';
import { settleEntity } from './settle-entity.ts';

const blueprint = parseBlueprint({
  identifier: 'service',
  schema: {
    properties: {
      tier: { type: 'string', enum: ['gold', 'silver'] },
      language: { type: 'string', default: 'go' },
      stars: { type: 'number' },
      tags: { type: 'array', default: [] },
      link: { type: 'string', format: 'url' },
      config: { type: 'object' },
    },
    required: ['tier'],
  },
  relations: {
    team: { target: 'team', required: true },
    system: { target: 'system' },
    dependsOn: { target: 'service', many: true },
  },
  calculationProperties: { slug: { calculation: '.identifier', type: 'string' } },
});
if (!blueprint.ok) throw new Error(JSON.stringify(blueprint.problems));
const compiled = compileBlueprint(blueprint.value);

const least = { properties: { tier: 'gold' }, relations: { team: 'a' } };
const stored: EntityContent = {
  identifier: 'checkout',
  title: 'Checkout',
  icon: 'Cart',
  team: ['payments'],
  properties: { tier: 'gold', language: 'java', stars: 5 },
  relations: { team: 'a', dependsOn: ['x'] },
};

function parse(input: unknown, existing: EntityContent | null = null, mode: WriteMode = 'replace') {
  const result = parseEntity(compiled, input, existing, mode);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function refusals(input: unknown, existing: EntityContent | null = null, mode: WriteMode = 'replace'): string[] {
  const result = parseEntity(compiled, input, existing, mode);
  return result.ok ? [] : result.problems.map(({ path }) => path);
}

describe('creating', () => {
  it('fills defaults where nothing was said, not where null was', () => {
    expect(parse({ identifier: 'a', ...least }).content).toEqual({
      identifier: 'a',
      title: null,
      icon: null,
      team: [],
      properties: { tier: 'gold', language: 'go', tags: [] },
      relations: { team: 'a' },
    });
    const withNull = { ...least, properties: { tier: 'gold', language: null, stars: null } };
    expect(parse(withNull).content.properties).toEqual({ tier: 'gold', tags: [] });
  });

  it('leaves a missing identifier to the caller and ignores what the path decides', () => {
    const parsed = parse({ ...least, blueprint: 'other', createdAt: 'x', scorecards: {} });
    expect(parsed.content.identifier).toBeUndefined();
    expect(parsed.unresolved).toEqual([]);
  });

  it.each<[string, object, Partial<EntityContent>]>([
    ['a number as identifier', { identifier: 42 }, { identifier: '42' }],
    ['a number as title', { title: 7 }, { title: '7' }],
    [
      'every character of identifiers',
      { identifier: 'ns/a:b@c+d=e\\f_g.h-ж' },
      { identifier: 'ns/a:b@c+d=e\\f_g.h-ж' },
    ],
    ['one team', { team: 'Payments Team' }, { team: ['Payments Team'] }],
    ['several teams, each once', { team: ['a', 'b', 'a'] }, { team: ['a', 'b'] }],
    ['no team', { team: null }, { team: [] }],
    ['no properties but defaults', { title: null, icon: 'X' }, { title: null, icon: 'X' }],
  ])('takes %s', (_, more, expected) => {
    expect(parse({ ...least, ...more }).content).toMatchObject(expected);
  });

  it.each<[string, object, object]>([
    ['a single relation', { system: 's' }, { system: 's' }],
    ['a number as target', { system: 5 }, { system: '5' }],
    ['a many relation, in order, each once', { dependsOn: ['b', 'a', 'b'] }, { dependsOn: ['b', 'a'] }],
    ['a lone target of a many relation', { dependsOn: 'b' }, { dependsOn: ['b'] }],
    ['empty relations', { system: null, dependsOn: [] }, {}],
  ])('takes %s', (_, relations, expected) => {
    expect(parse({ ...least, relations: { team: 'a', ...relations } }).content.relations).toEqual({
      team: 'a',
      ...expected,
    });
  });

  it.each<[string, unknown, string[]]>([
    ['no object', 'x', ['']],
    ['neither properties nor relations', {}, ['properties.tier', 'relations.team']],
    [
      'null for what is required',
      { properties: { tier: null }, relations: { team: null } },
      ['properties.tier', 'relations.team'],
    ],
    [
      'unknown keys',
      { properties: { tier: 'gold', teir: 'x' }, relations: { team: 'a', owner: 'b' } },
      ['properties.teir', 'relations.owner'],
    ],
    ['a computed property', { ...least, properties: { tier: 'gold', slug: 'x' } }, ['properties.slug']],
    [
      'wrong values, all of them',
      { ...least, properties: { tier: 'tin', stars: '5', tags: ['a', 1], link: 'x' } },
      ['properties.tier', 'properties.stars', 'properties.tags.1', 'properties.link'],
    ],
    [
      'prototype keys',
      JSON.parse(
        '{"properties": {"tier": "gold", "__proto__": 1, "constructor": 2}, "relations": {"team": "a", "__proto__": "x"}}',
      ),
      ['properties.__proto__', 'properties.constructor', 'relations.__proto__'],
    ],
    [
      'prototype keys inside values',
      JSON.parse('{"properties": {"tier": "gold", "config": {"a": {"__proto__": 1}}}, "relations": {"team": "a"}}'),
      ['properties.config.a.__proto__'],
    ],
    ['a list for a single relation', { ...least, relations: { team: ['a'] } }, ['relations.team']],
    [
      'targets that are no identifiers',
      { ...least, relations: { team: 'a b', dependsOn: ['x', null, '..', true] } },
      ['relations.team', 'relations.dependsOn.1', 'relations.dependsOn.2', 'relations.dependsOn.3'],
    ],
    ['an identifier of odd characters', { ...least, identifier: 'a b' }, ['identifier']],
    ['an empty identifier', { ...least, identifier: '' }, ['identifier']],
    ['an identifier too long', { ...least, identifier: 'a'.repeat(1001) }, ['identifier']],
    ['an identifier of another type', { ...least, identifier: true }, ['identifier']],
    ['teams of another type', { ...least, team: ['a', {}, ''] }, ['team.1', 'team.2']],
    ['a title that cannot be stored', { ...least, title: 'a\0', icon: {} }, ['title', 'icon']],
    [
      'sections that are no objects',
      { properties: [], relations: 'x' },
      ['properties', 'relations', 'properties.tier', 'relations.team'],
    ],
  ])('refuses %s', (_, input, paths) => {
    expect(refusals(input)).toEqual(paths);
  });

  it('proposes the key that was probably meant', () => {
    const result = parseEntity(
      compiled,
      { properties: { tier: 'gold', teir: 'x' }, relations: { team: 'a' } },
      null,
      'replace',
    );
    expect(result.ok ? '' : result.problems[0]?.remedy).toContain('`tier`');
  });
});

describe('replacing', () => {
  it('resets what is not said, with defaults', () => {
    expect(parse({ ...least }, stored).content).toEqual({
      identifier: 'checkout',
      title: null,
      icon: null,
      team: [],
      properties: { tier: 'gold', language: 'go', tags: [] },
      relations: { team: 'a' },
    });
  });

  it('renames when the body has another identifier', () => {
    expect(parse({ identifier: 'cart', ...least }, stored).content.identifier).toBe('cart');
  });
});

describe('merging', () => {
  it('changes only what is said, without defaults', () => {
    const input = { title: 'Cart', properties: { stars: 6 }, relations: { system: 's' } };
    expect(parse(input, stored, 'merge').content).toEqual({
      ...stored,
      title: 'Cart',
      properties: { ...stored.properties, stars: 6 },
      relations: { ...stored.relations, system: 's' },
    });
    expect(parse({}, stored, 'merge').content).toEqual(stored);
  });

  it('clears what is null and refuses to clear what is required', () => {
    const input = { title: null, icon: null, team: null, properties: { stars: null }, relations: { dependsOn: null } };
    expect(parse(input, stored, 'merge').content).toEqual({
      identifier: 'checkout',
      title: null,
      icon: null,
      team: [],
      properties: { tier: 'gold', language: 'java' },
      relations: { team: 'a' },
    });
    expect(refusals({ properties: { tier: null }, relations: { team: null } }, stored, 'merge')).toEqual([
      'properties.tier',
      'relations.team',
    ]);
  });

  it('does not carry on what the blueprint no longer has', () => {
    const old = {
      ...stored,
      properties: { ...stored.properties, gone: 1 },
      relations: { ...stored.relations, gone: 'x' },
    };
    expect(parse({}, old, 'merge').content).toEqual(stored);
  });

  it('changes neither input nor what is stored', () => {
    const before = structuredClone(stored);
    parse({ team: 'x', properties: { stars: null, tags: ['a'] }, relations: { dependsOn: null } }, stored, 'merge');
    expect(stored).toEqual(before);
  });
});

describe('searches in place of names', () => {
  const search = { combinator: 'and', rules: [{ property: 'email', operator: '=', value: 'a@b.c' }] };
  const input = {
    identifier: search,
    team: search,
    properties: { tier: 'gold' },
    relations: { team: search, dependsOn: search },
  };

  it('come back unresolved, and stand for no value until then', () => {
    const { content, unresolved } = parse(input);
    expect(content).toMatchObject({ identifier: undefined, team: [], relations: {} });
    expect(unresolved.map(({ kind, path }) => [kind, path])).toEqual([
      ['identifier', 'identifier'],
      ['team', 'team'],
      ['relation', 'relations.team'],
      ['relation', 'relations.dependsOn'],
    ]);
    expect(unresolved[2]).toMatchObject({ target: 'team', many: false });
  });

  it('take what was found: exactly one entity, the first of a single relation, all of a many one', () => {
    const found = {
      identifier: ['checkout'],
      team: ['t', 't', 'u'],
      'relations.team': ['a', 'b'],
      'relations.dependsOn': ['x', 'y'],
    };
    const settled = settleEntity(compiled, parse(input), ({ path }) => found[path as keyof typeof found]);
    expect(settled).toEqual({
      ok: true,
      value: {
        content: {
          identifier: 'checkout',
          title: null,
          icon: null,
          team: ['t', 'u'],
          properties: { tier: 'gold', language: 'go', tags: [] },
          relations: { team: 'a', dependsOn: ['x', 'y'] },
        },
        unresolved: [],
      },
    });
  });

  it('are refused when they find no or several entities, or nothing for a required relation', () => {
    const none = settleEntity(compiled, parse(input), () => []);
    expect(none.ok ? [] : none.problems.map(({ path }) => path)).toEqual(['identifier', 'relations.team']);
    const two = settleEntity(compiled, parse(input), () => ['a', 'b']);
    expect(two.ok ? [] : two.problems.map(({ path }) => path)).toEqual(['identifier']);
  });

  it('are refused when they are wrong', () => {
    const wrong = { combinator: 'and', rules: [{ property: 'x', operator: '~' }] };
    const paths = refusals({ ...least, identifier: wrong, team: wrong, relations: { team: wrong } });
    expect(paths).toEqual(['identifier', 'team', 'relations.team'].map((path) => `${path}.rules.0.operator`));
  });
});

describe('properties named like what every object has', () => {
  const odd = parseBlueprint({
    identifier: 'odd',
    schema: {
      properties: { constructor: { type: 'string' }, toString: { type: 'number' } },
      required: ['constructor'],
    },
    relations: { valueOf: { target: 'odd', required: true } },
  });
  if (!odd.ok) throw new Error(JSON.stringify(odd.problems));
  const model = compileBlueprint(odd.value);

  it('are ordinary properties', () => {
    const missing = parseEntity(model, {}, null, 'replace');
    expect(missing.ok ? [] : missing.problems.map(({ path }) => path)).toEqual([
      'properties.constructor',
      'relations.valueOf',
    ]);
    const input = { properties: { constructor: 'x' }, relations: { valueOf: 'y' } };
    expect(parseEntity(model, input, null, 'replace')).toMatchObject({ ok: true, value: { content: input } });
  });
});

describe('any input', () => {
  const section = fc.dictionary(
    fc.constantFrom('tier', 'language', 'stars', 'tags', 'link', 'config', 'team', 'system', 'dependsOn', '__proto__'),
    fc.anything(),
  );
  const input = fc.oneof(
    fc.anything(),
    fc.record(
      {
        identifier: fc.anything(),
        title: fc.anything(),
        team: fc.anything(),
        properties: fc.oneof(section, fc.anything()),
        relations: fc.oneof(section, fc.anything()),
      },
      { requiredKeys: [] },
    ),
  );

  it('has an answer, and no exception', () => {
    fc.assert(
      fc.property(
        input,
        fc.constantFrom<WriteMode>('replace', 'merge'),
        fc.constantFrom(null, stored),
        (given, mode, existing) => {
          expect(typeof parseEntity(compiled, given, existing, mode).ok).toBe('boolean');
          expect(typeof identifyEntity(given).ok).toBe('boolean');
        },
      ),
    );
  });

  it('with ever so many problems is refused shortly', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key-${index}`, index]));
    const problems = refusals({ properties: many, relations: many });
    expect(problems.length).toBeGreaterThan(100);
    expect(problems.length).toBeLessThan(1000);
  });

  it('nested however deep', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    expect(refusals({ ...least, properties: { tier: 'gold', config: deep } })[0]).toMatch(/^properties\.config\.deep/);
    expect(refusals({ ...least, team: deep, identifier: deep })).toEqual(['identifier', 'team']);
  });
});
