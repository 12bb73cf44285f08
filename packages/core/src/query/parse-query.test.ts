import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentSharedData, sharedData, sharedDocuments } from '../../../../tests/shared-data.ts';
import { isPlainObject } from '../json.ts';
import { parseQuery, QUERY_DEPTH_LIMIT, QUERY_RULE_LIMIT } from './parse-query.ts';
import type { ParsedRule } from './parsed-query.ts';
import { operators } from './query.ts';

const rule = (given: object) => ({ combinator: 'and', rules: [given] });

function parsed(input: unknown) {
  const result = parseQuery(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function parsedRule(given: object): ParsedRule {
  const query = parsed(given);
  if (query.kind !== 'rule') throw new Error('is no rule');
  return query;
}

function refusals(input: unknown): string[] {
  const result = parseQuery(input);
  return result.ok ? [] : result.problems.map(({ path }) => path);
}

describe('parseQuery', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['no rules', { combinator: 'or', rules: [] }],
    ['no conditions', { combinator: 'and', conditions: [] }],
    [
      'nested groups',
      { combinator: 'and', rules: [{ combinator: 'or', rules: [rule({ property: 'x', operator: 'isEmpty' })] }] },
    ],
    [
      'the negation of scorecards',
      { combinator: 'and', conditions: [{ not: { property: 'x', operator: 'isEmpty' } }] },
    ],
    ['a rule alone', { property: 'x', operator: '=', value: 1 }],
    [
      'marks of the program that drew it',
      { combinator: 'and', rules: [{ id: 7, property: 'x', operator: '=', value: 1 }], ui: {} },
    ],
  ])('reads %s', (_, input) => {
    expect(parseQuery(input).ok).toBe(true);
  });

  it.each<[string, object, Partial<ParsedRule>]>([
    [
      'equality',
      { property: 'x', operator: '=', value: 'a' },
      { operand: { kind: 'own', key: 'x' }, negated: false, test: { kind: 'oneOf', terms: [{ literal: 'a' }] } },
    ],
    [
      'inequality',
      { property: 'x', operator: '!=', value: null },
      { negated: true, test: { kind: 'oneOf', terms: [{ literal: null }] } },
    ],
    [
      'membership',
      { property: 'x', operator: 'in', value: ['a', 1] },
      { test: { kind: 'oneOf', terms: [{ literal: 'a' }, { literal: 1 }] } },
    ],
    [
      'membership in a lone value',
      { property: 'x', operator: 'notIn', value: 'a' },
      { negated: true, test: { kind: 'oneOf', terms: [{ literal: 'a' }] } },
    ],
    [
      'order',
      { property: 'x', operator: '>=', value: 5 },
      { test: { kind: 'order', operator: '>=', term: { literal: 5 } } },
    ],
    [
      'beginnings, with the odd spelling',
      { property: 'x', operator: 'doesNotBeginsWith', value: 'a' },
      { negated: true, test: { kind: 'text', operator: 'beginsWith', term: { literal: 'a' } } },
    ],
    [
      'parts, with the odd spelling',
      { property: 'x', operator: 'doesNotContains', value: 'a' },
      { negated: true, test: { kind: 'contains', term: { literal: 'a' } } },
    ],
    [
      'emptiness, whatever the value',
      { property: '$team', operator: 'isNotEmpty', value: 'x' },
      { operand: { kind: 'meta', name: '$team' }, negated: true, test: { kind: 'empty' } },
    ],
    ['timers', { property: 'x', operator: 'isExpired' }, { test: { kind: 'expired' } }],
    [
      'presets',
      { property: 'x', operator: 'between', value: { preset: 'lastMonth' } },
      { test: { kind: 'between', range: { preset: 'lastMonth' } } },
    ],
    [
      'presets in a zone',
      { property: 'x', operator: 'notBetween', value: { preset: 'today', timeZone: 'Europe/Berlin' } },
      { negated: true, test: { kind: 'between', range: { preset: 'today', timeZone: 'Europe/Berlin' } } },
    ],
    [
      'days up to their end',
      { property: 'x', operator: 'between', value: { from: '2024-05-01', to: '2024-05-01' } },
      { test: { kind: 'between', range: { of: 'instant', from: Date.UTC(2024, 4, 1), to: Date.UTC(2024, 4, 2) - 1 } } },
    ],
    [
      'numbers in a range',
      { property: 'x', operator: 'between', value: { from: 1, to: null } },
      { test: { kind: 'between', range: { of: 'number', from: 1 } } },
    ],
    [
      "the caller's teams",
      { property: '$team', operator: 'in', value: ['a', 'My Teams'] },
      { test: { kind: 'oneOf', terms: [{ literal: 'a' }, { context: 'userTeams', property: '$identifier' }] } },
    ],
    [
      'a team of that name elsewhere',
      { property: 'x', operator: 'in', value: ['My Teams'] },
      { test: { kind: 'oneOf', terms: [{ literal: 'My Teams' }] } },
    ],
    [
      'references to the caller on the right',
      { property: 'x', operator: '=', value: { context: 'user', property: 'email' } },
      { test: { kind: 'oneOf', terms: [{ context: 'user', property: 'email' }] } },
    ],
    [
      'references to the caller on the left',
      { property: { context: 'userTeams', property: '$identifier' }, operator: 'contains', value: 'a' },
      { operand: { kind: 'context', context: 'userTeams', property: '$identifier' } },
    ],
    [
      'old placeholders',
      { property: 'x', operator: '=', value: '{{ getUserEmail() }}' },
      { test: { kind: 'oneOf', terms: [{ context: 'user', property: '$identifier' }] } },
    ],
    ['ownership', { property: '$owned_by_team', operator: '=', value: 'true' }, { operand: { kind: 'ownedByTeam' } }],
    [
      'numbers that are meant as identifiers',
      { property: '$identifier', operator: '=', value: 42 },
      { test: { kind: 'oneOf', terms: [{ literal: '42' }] } },
    ],
    [
      'paths',
      {
        property: { path: ['a', { relation: 'b', maxHops: 3 }], fromBlueprint: 'child' },
        operator: 'matchAny',
        value: 'x',
      },
      {
        operand: {
          kind: 'path',
          steps: [
            { relation: 'a', maxHops: 1 },
            { relation: 'b', maxHops: 3 },
          ],
          fromBlueprint: 'child',
        },
      },
    ],
    [
      'property schemas',
      { propertySchema: { type: 'string', format: 'user' }, operator: '=', value: 'x' },
      { operand: { kind: 'schema', schema: { type: 'string', format: 'user' } } },
    ],
    [
      'relations',
      { relation: 'system', operator: 'isEmpty' },
      { operand: { kind: 'relation', relation: 'system', target: '$identifier' } },
    ],
    [
      'titles of relations',
      { relation: 'system', targetProperty: '$title', operator: '=', value: 'x' },
      { operand: { kind: 'relation', relation: 'system', target: '$title' } },
    ],
    [
      'levels',
      { scorecard: 'Ownership', operator: '=', value: 'Gold' },
      { operand: { kind: 'scorecard', scorecard: 'Ownership' } },
    ],
    [
      'verdicts',
      { scorecard: 'Ownership', scorecardRule: 'has-team', operator: '=', value: 'SUCCESS' },
      { operand: { kind: 'scorecard', scorecard: 'Ownership', rule: 'has-team' } },
    ],
  ])('reads %s', (_, given, expected) => {
    expect(parsedRule(given)).toMatchObject(expected);
  });

  it('reads relatedTo in all its forms', () => {
    const named = { operator: 'relatedTo', blueprint: 'service' };
    expect(parsed({ ...named, value: 'a' })).toEqual({
      kind: 'relatedTo',
      relatedTo: { blueprint: 'service', identifiers: ['a'], direction: 'both' },
    });
    expect(parsed({ ...named, value: ['a', 5], direction: 'upstream', required: false })).toEqual({
      kind: 'relatedTo',
      relatedTo: { blueprint: 'service', identifiers: ['a', '5'], direction: 'upstream', required: false },
    });
    expect(refusals({ operator: 'relatedTo', value: [{}], direction: 'up', required: 'yes' })).toEqual([
      'blueprint',
      'direction',
      'required',
      'value.0',
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['a text', 'all', ['']],
    ['a list', [], ['']],
    ['a group without rules', { combinator: 'and' }, ['']],
    ['rules that are no list', { combinator: 'and', rules: {} }, ['rules']],
    ['an unknown combinator', { combinator: 'nor', rules: [] }, ['combinator']],
    ['rules that are no objects', { combinator: 'and', rules: ['x', null] }, ['rules.0', 'rules.1']],
    ['an unknown operator', rule({ property: 'x', operator: 'doesNotContain', value: 1 }), ['rules.0.operator']],
    ['an operator that is no text', rule({ property: 'x', operator: 5, value: 1 }), ['rules.0.operator']],
    ['a rule about nothing', rule({ operator: '=', value: 1 }), ['rules.0']],
    ['an unknown meta property', rule({ property: '$titel', operator: '=', value: 1 }), ['rules.0.property']],
    ['an operand of no known form', rule({ property: { x: 1 }, operator: '=', value: 1 }), ['rules.0.property']],
    ['a missing value', rule({ property: 'x', operator: '=' }), ['rules.0.value']],
    ['a list where one value is meant', rule({ property: 'x', operator: '=', value: ['a'] }), ['rules.0.value']],
    ['an object that is no reference', rule({ property: 'x', operator: '=', value: { a: 1 } }), ['rules.0.value']],
    [
      'wrong values in a list',
      rule({ property: 'x', operator: 'in', value: ['a', {}, []] }),
      ['rules.0.value.1', 'rules.0.value.2'],
    ],
    ['a value that cannot be stored', rule({ property: 'x', operator: '=', value: '\0' }), ['rules.0.value']],
    ['a property that cannot be stored', rule({ property: '\ud800', operator: '=', value: 1 }), ['rules.0.property']],
    [
      'an unknown preset',
      rule({ property: 'x', operator: 'between', value: { preset: 'lastMoth' } }),
      ['rules.0.value.preset'],
    ],
    [
      'an unknown zone',
      rule({ property: 'x', operator: 'between', value: { preset: 'today', timeZone: 'Mars' } }),
      ['rules.0.value.timeZone'],
    ],
    [
      'a range of no dates',
      rule({ property: 'x', operator: 'between', value: { from: 'a', to: 'b' } }),
      ['rules.0.value.from', 'rules.0.value.to'],
    ],
    ['a range without ends', rule({ property: 'x', operator: 'between', value: {} }), ['rules.0.value']],
    ['a range that is none', rule({ property: 'x', operator: 'between', value: 'today' }), ['rules.0.value']],
    [
      'ends of two sorts',
      rule({ property: 'x', operator: 'between', value: { from: 1, to: '2024-05-01' } }),
      ['rules.0.value.to'],
    ],
    [
      'too many hops',
      rule({ property: { path: [{ relation: 'a', maxHops: 16 }] }, operator: 'matchAny', value: 'x' }),
      ['rules.0.property.path.0.maxHops'],
    ],
    [
      'two repeated steps',
      rule({
        property: {
          path: [
            { relation: 'a', maxHops: 2 },
            { relation: 'b', maxHops: 2 },
          ],
        },
        operator: 'matchAny',
        value: 'x',
      }),
      ['rules.0.property.path'],
    ],
    ['an empty path', rule({ property: { path: [] }, operator: 'matchAny', value: 'x' }), ['rules.0.property.path']],
    [
      'a path asked for its beginning',
      rule({ property: { path: ['a'] }, operator: 'beginsWith', value: 'x' }),
      ['rules.0.operator'],
    ],
    ['matchAny of a property', rule({ property: 'a', operator: 'matchAny', value: 'x' }), ['rules.0.operator']],
    [
      'another property of a relation',
      rule({ relation: 'a', targetProperty: 'tier', operator: '=', value: 'x' }),
      ['rules.0.targetProperty'],
    ],
    [
      'everything at once',
      {
        combinator: 'an',
        rules: [
          { property: '$x', operator: '~', value: 1 },
          { combinator: 'or', rules: [{ operator: '=', value: 1 }] },
        ],
      },
      ['combinator', 'rules.0.operator', 'rules.0.property', 'rules.1.rules.0'],
    ],
  ])('refuses %s', (_, input, paths) => {
    expect(refusals(input)).toEqual(paths);
  });

  it('proposes the operator that was probably meant', () => {
    const result = parseQuery(rule({ property: 'x', operator: 'doesNotContain', value: 1 }));
    expect(result.ok ? '' : result.problems[0]?.remedy).toContain('`doesNotContains`');
  });

  it('bounds depth and number of rules', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? { combinator: 'and', rules: [] } : { combinator: 'and', rules: [deep(levels - 1)] };
    expect(parseQuery(deep(QUERY_DEPTH_LIMIT)).ok).toBe(true);
    expect(parseQuery(deep(QUERY_DEPTH_LIMIT + 1)).ok).toBe(false);
    let bottomless: unknown = {};
    for (let level = 0; level < 100_000; level += 1) bottomless = { not: bottomless };
    expect(parseQuery(bottomless).ok).toBe(false);
    const many = (count: number) => ({
      combinator: 'or',
      rules: Array(count).fill({ property: 'x', operator: 'isEmpty' }),
    });
    expect(parseQuery(many(QUERY_RULE_LIMIT)).ok).toBe(true);
    expect(parseQuery(many(QUERY_RULE_LIMIT + 1)).ok).toBe(false);
  });

  it('never throws, whatever arrives', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.record({ preset: fc.anything(), timeZone: fc.anything() }),
      fc.record({ context: fc.constant('user'), property: fc.anything() }),
    );
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.anything(),
        fc.record(
          {
            property: fc.oneof(fc.string(), fc.record({ path: fc.anything() })),
            operator: fc.constantFrom(...operators),
            value,
          },
          { requiredKeys: ['operator'] },
        ),
        fc.record({
          combinator: fc.constantFrom('and', 'or', 'x'),
          rules: fc.oneof(fc.array(tie('node')), fc.anything()),
        }),
        fc.record({ not: tie('node') }),
      ),
    }));
    fc.assert(fc.property(node, (input) => typeof parseQuery(input).ok === 'boolean'));
  });

  it("takes every query of Port's pages, scorecards and aggregations", (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    // YAML files hold mappings, whose queries are jq programs that make queries.
    const documents = [...sharedDocuments('port')].filter(({ file }) => file.endsWith('.json'));
    const queries = documents.flatMap(({ file, document }) => queriesIn(document).map((query) => ({ file, query })));
    expect(queries.length).toBeGreaterThan(20);
    for (const { file, query } of queries) expect(parseQuery(query), file).toMatchObject({ ok: true });
  });
});

function queriesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(queriesIn);
  if (!isPlainObject(value)) return [];
  const isQuery = value.combinator !== undefined && (value.rules !== undefined || value.conditions !== undefined);
  return isQuery ? [value] : Object.values(value).flatMap(queriesIn);
}
