import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindQuery } from './bind-query.ts';
import { matches, type QueriedEntity } from './evaluate.ts';
import { type GraphBlueprint, memoryGraph } from './memory-graph.ts';
import { parseQuery } from './parse-query.ts';
import type { Caller } from './parsed-query.ts';

const now = Date.parse('2024-05-15T12:00:00Z');
const caller: Caller = {
  user: { $identifier: 'ann@example.com', $title: 'Ann', email: 'ann@example.com', roles: ['dev', 'lead'] },
  teams: [{ $identifier: 'payments' }, { $identifier: 'platform' }],
};

const stamps = {
  createdBy: 'x',
  updatedBy: 'x',
  createdAt: '2024-05-01T10:00:00.000Z',
  updatedAt: '2024-05-14T10:00:00.000Z',
};
function entity(blueprint: string, identifier: string, more: Partial<QueriedEntity> = {}): QueriedEntity {
  return { blueprint, identifier, team: [], properties: {}, relations: {}, ...stamps, ...more };
}

const checkout = entity('service', 'checkout', {
  title: 'The Checkout',
  icon: 'Cart',
  team: ['payments'],
  datasource: 'port-ocean/github',
  properties: {
    tier: 'gold',
    stars: 42,
    live: true,
    tags: ['go', 'grpc', 7],
    nothing: null,
    blank: '',
    noItems: [],
    noKeys: {},
    config: { a: 1 },
    deployed: '2024-05-10T12:00:00+02:00',
    expires: '2024-05-15T11:00:00Z',
    later: '2024-06-01T00:00:00Z',
    owner: 'ann@example.com',
  },
  relations: { system: 'shop', domains: ['b', 'a'], dependsOn: ['ledger', 'ghost'] },
  scorecards: { ownership: { level: 'Gold', rules: [{ identifier: 'has-team', status: 'SUCCESS' }] } },
});
const ledger = entity('service', 'ledger', { relations: { dependsOn: ['bank'], system: 'shop' } });
const bank = entity('service', 'bank', { relations: { dependsOn: ['checkout'] } });
const shop = entity('system', 'shop', { title: 'The Shop', relations: { parent: 'company' } });
const company = entity('system', 'company', { relations: { parent: 'world' } });
const domain = entity('domain', 'a', { title: 'Domain A' });

const service: GraphBlueprint = {
  identifier: 'service',
  schema: {
    properties: { owner: { type: 'string', format: 'user' }, tier: { type: 'string' }, stars: { type: 'number' } },
  },
  relations: {
    system: { target: 'system', required: true },
    domains: { target: 'domain', required: false },
    dependsOn: { target: 'service', required: false },
  },
};
const system: GraphBlueprint = {
  identifier: 'system',
  schema: { properties: {} },
  relations: { parent: { target: 'system', required: false } },
};
const graph = memoryGraph(
  [checkout, ledger, bank, shop, company, domain],
  [service, system, { ...system, identifier: 'domain', relations: {} }],
);

function asks(input: unknown, of: QueriedEntity = checkout, who: Caller | null = caller): boolean {
  const parsed = parseQuery(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return matches(bindQuery(parsed.value, { now, caller: who }), of, graph);
}

type Row = [property: unknown, operator: string, value: unknown, expected: boolean];
const test = (rows: Row[]) =>
  it.each(rows)('%j %s %j is %s', (property, operator, value, expected) => {
    expect(asks({ property, operator, value })).toBe(expected);
  });

describe('equality', () => {
  test([
    ['tier', '=', 'gold', true],
    ['tier', '=', 'Gold', false],
    ['stars', '=', 42.0, true],
    ['stars', '=', '42', false],
    ['live', '=', true, true],
    ['live', '=', 'true', false],
    ['nothing', '=', null, true],
    ['absent', '=', null, true],
    ['blank', '=', null, false],
    ['tags', '=', 'go', true],
    ['tags', '=', 'rust', false],
    ['config', '=', 'a', false],
    ['deployed', '=', '2024-05-10T10:00:00.000Z', true],
    ['deployed', '=', '2024-05-10', false],
    ['tier', '!=', 'gold', false],
    ['tier', '!=', 'silver', true],
    ['absent', '!=', 'gold', true],
    ['absent', '!=', null, false],
    ['stars', '!=', 'gold', true],
    ['constructor', '=', null, true],
    ['$identifier', '=', 'checkout', true],
    ['$title', '=', 'The Checkout', true],
    ['$blueprint', '=', 'service', true],
    ['$createdAt', '=', '2024-05-01T12:00:00+02:00', true],
    ['$datasource', 'contains', 'ocean', true],
  ]);

  it('reads the identifier where there is no title', () => {
    expect(asks({ property: '$title', operator: '=', value: 'ledger' }, ledger)).toBe(true);
  });
});

describe('membership', () => {
  test([
    ['tier', 'in', ['gold', 'silver'], true],
    ['tier', 'in', [], false],
    ['tier', 'notIn', [], true],
    ['tags', 'containsAny', ['x', 'grpc'], true],
    ['tags', 'containsAny', [7], true],
    ['tags', 'containsAny', ['7'], false],
    ['absent', 'in', ['a'], false],
    ['absent', 'notIn', ['a'], true],
    ['$team', '=', 'payments', true],
    ['$team', 'in', ['My Teams'], true],
    ['$team', 'notIn', ['My Teams'], false],
    ['$team', 'containsAny', { context: 'userTeams', property: '$identifier' }, true],
    ['owner', 'in', ['{{getUserEmail()}}'], true],
  ]);
});

describe('parts, beginnings and ends', () => {
  test([
    ['tier', 'contains', 'ol', true],
    ['tier', 'contains', 'OL', false],
    ['tags', 'contains', 'go', true],
    ['tags', 'contains', 'g', false],
    ['tags', 'contains', 7, true],
    ['stars', 'contains', '4', false],
    ['absent', 'doesNotContains', 'x', true],
    ['tier', 'doesNotContains', 'ol', false],
    ['tier', 'beginsWith', 'go', true],
    ['tier', 'endsWith', 'ld', true],
    ['tags', 'endsWith', 'pc', true],
    ['tier', 'doesNotBeginsWith', 'go', false],
    ['absent', 'doesNotEndsWith', 'ld', true],
    ['stars', 'beginsWith', '4', false],
  ]);
});

describe('order and ranges', () => {
  test([
    ['stars', '>', 41, true],
    ['stars', '>=', 42, true],
    ['stars', '<', 42, false],
    ['stars', '<=', '42', true],
    ['stars', '>', 'many', false],
    ['tier', '>', 1, false],
    ['absent', '<', 1, false],
    ['deployed', '>', '2024-05-10T09:59:59Z', true],
    ['deployed', '<=', '2024-05-10', false],
    ['stars', '>', '2024-05-10', false],
    ['deployed', 'between', { from: '2024-05-10', to: '2024-05-10' }, true],
    ['deployed', 'between', { from: '2024-05-11' }, false],
    ['deployed', 'between', { preset: 'lastWeek' }, true],
    ['deployed', 'between', { preset: 'yesterday' }, false],
    ['absent', 'notBetween', { preset: 'lastWeek' }, true],
    ['tier', 'notBetween', { preset: 'lastWeek' }, true],
    ['stars', 'between', { from: 42, to: 42 }, true],
    ['$updatedAt', 'between', { preset: 'yesterday' }, true],
    ['expires', 'isExpired', undefined, true],
    ['later', 'isExpired', undefined, false],
    ['later', 'isNotExpired', undefined, true],
    ['absent', 'isNotExpired', undefined, true],
  ]);
});

describe('emptiness', () => {
  test([
    ['absent', 'isEmpty', undefined, true],
    ['nothing', 'isEmpty', undefined, true],
    ['blank', 'isEmpty', undefined, true],
    ['noItems', 'isEmpty', undefined, true],
    ['noKeys', 'isEmpty', undefined, true],
    ['live', 'isEmpty', undefined, false],
    ['stars', 'isNotEmpty', undefined, true],
    ['$team', 'isEmpty', undefined, false],
  ]);
});

describe('relations, paths and neighbours', () => {
  it.each<[string, object, boolean]>([
    ['identifier', { relation: 'system', operator: '=', value: 'shop' }, true],
    ['title', { relation: 'system', targetProperty: '$title', operator: 'beginsWith', value: 'The' }, true],
    ['title of one of many', { relation: 'domains', targetProperty: '$title', operator: '=', value: 'Domain A' }, true],
    ['one of many', { relation: 'domains', operator: 'contains', value: 'b' }, true],
    ['unset', { relation: 'team', operator: 'isEmpty' }, true],
    ['path', { property: { path: ['system', 'parent'] }, operator: 'matchAny', value: ['company'] }, true],
    ['path one step short', { property: { path: ['system', 'parent'] }, operator: 'matchAny', value: 'shop' }, false],
    [
      'path with hops',
      { property: { path: ['system', { relation: 'parent', maxHops: 2 }] }, operator: 'matchAny', value: 'world' },
      true,
    ],
    [
      'path with too few hops',
      { property: { path: ['system', { relation: 'parent', maxHops: 1 }] }, operator: 'matchAny', value: 'world' },
      false,
    ],
    [
      'path round a cycle',
      { property: { path: [{ relation: 'dependsOn', maxHops: 15 }] }, operator: 'matchAny', value: 'checkout' },
      true,
    ],
    [
      'path to what does not exist yet',
      { property: { path: ['dependsOn'] }, operator: 'matchAny', value: 'ghost' },
      true,
    ],
    ['path to nothing', { property: { path: ['team'] }, operator: 'isEmpty' }, true],
    ['upstream', { operator: 'relatedTo', blueprint: 'service', value: 'bank', direction: 'upstream' }, true],
    ['downstream', { operator: 'relatedTo', blueprint: 'service', value: 'ledger', direction: 'downstream' }, true],
    [
      'of another blueprint',
      { operator: 'relatedTo', blueprint: 'system', value: 'company', direction: 'downstream' },
      true,
    ],
    [
      'in the other direction',
      { operator: 'relatedTo', blueprint: 'system', value: 'company', direction: 'upstream' },
      false,
    ],
    [
      'over optional relations only',
      { operator: 'relatedTo', blueprint: 'system', value: 'shop', required: false },
      false,
    ],
    [
      'over required relations only',
      { operator: 'relatedTo', blueprint: 'system', value: 'shop', required: true },
      true,
    ],
    ['to itself, round a cycle', { operator: 'relatedTo', blueprint: 'service', value: 'checkout' }, true],
    ['to what does not exist', { operator: 'relatedTo', blueprint: 'service', value: 'ghost' }, false],
    ['level', { scorecard: 'ownership', operator: '=', value: 'Gold' }, true],
    ['verdict', { scorecard: 'ownership', scorecardRule: 'has-team', operator: '=', value: 'SUCCESS' }, true],
    ['no such scorecard', { scorecard: 'x', operator: 'isEmpty' }, true],
    [
      'property by schema',
      {
        propertySchema: { type: 'string', format: 'user' },
        operator: '=',
        value: { context: 'user', property: 'email' },
      },
      true,
    ],
    ['no property with the schema', { propertySchema: { type: 'boolean' }, operator: '!=', value: 'x' }, true],
  ])('%s', (_, query, expected) => {
    expect(asks(query)).toBe(expected);
  });

  it('walks a path from another blueprint back to the entity', () => {
    const query = {
      property: { path: ['system', 'parent'], fromBlueprint: 'service' },
      operator: 'matchAny',
      value: 'ledger',
    };
    expect(asks(query, company)).toBe(true);
    expect(asks(query, shop)).toBe(false);
  });
});

describe('the caller', () => {
  it.each<[string, object, Caller | null, boolean]>([
    [
      'on the left',
      { property: { context: 'user', property: 'email' }, operator: 'endsWith', value: '@example.com' },
      caller,
      true,
    ],
    [
      'on the left, with teams',
      { property: { context: 'userTeams', property: '$identifier' }, operator: 'contains', value: 'platform' },
      caller,
      true,
    ],
    [
      'with several values',
      { property: 'tier', operator: 'contains', value: { context: 'user', property: 'roles' } },
      caller,
      false,
    ],
    ['unknown', { property: 'owner', operator: '=', value: { context: 'user', property: 'email' } }, null, false],
    [
      'unknown, negated',
      { property: 'owner', operator: '!=', value: { context: 'user', property: 'email' } },
      null,
      true,
    ],
    [
      'without such a property',
      { property: 'absent', operator: '=', value: { context: 'user', property: 'nickname' } },
      caller,
      false,
    ],
    ['owning', { property: '$owned_by_team', operator: '=', value: 'true' }, caller, true],
    ['not owning', { property: '$owned_by_team', operator: '=', value: 'false' }, caller, false],
    ['unknown, not owning', { property: '$owned_by_team', operator: '=', value: 'false' }, null, true],
  ])('%s', (_, query, who, expected) => {
    expect(asks(query, checkout, who)).toBe(expected);
  });
});

describe('laws', () => {
  const property = fc.constantFrom(
    ...Object.keys(checkout.properties),
    'absent',
    '$team',
    '$title',
    '$createdAt',
    '$icon',
  );
  const value = fc.oneof(
    fc.constantFrom('gold', 'go', '', '2024-05-10T10:00:00Z', 'My Teams'),
    fc.integer({ min: 0, max: 50 }),
    fc.boolean(),
    fc.constant(null),
  );
  const opposites: [string, string, fc.Arbitrary<unknown>][] = [
    ['=', '!=', value],
    ['in', 'notIn', fc.array(value)],
    ['contains', 'doesNotContains', value],
    ['beginsWith', 'doesNotBeginsWith', value],
    ['endsWith', 'doesNotEndsWith', value],
    ['between', 'notBetween', fc.constantFrom({ preset: 'lastMonth' }, { from: 1, to: 50 })],
    ['isEmpty', 'isNotEmpty', value],
    ['isExpired', 'isNotExpired', value],
  ];

  it.each(opposites)('%s and %s are complements', (positive, negative, values) => {
    fc.assert(
      fc.property(property, values, (name, given) => {
        const holds = asks({ property: name, operator: positive, value: given });
        expect(asks({ property: name, operator: negative, value: given })).toBe(!holds);
        expect(asks({ not: { property: name, operator: positive, value: given } })).toBe(!holds);
      }),
    );
  });

  it('a group without rules matches, `and` needs all, `or` needs one', () => {
    const yes = { property: 'tier', operator: '=', value: 'gold' };
    const no = { property: 'tier', operator: '=', value: 'tin' };
    fc.assert(
      fc.property(fc.array(fc.boolean()), (wanted) => {
        const rules = wanted.map((good) => (good ? yes : no));
        expect(asks({ combinator: 'and', rules })).toBe(wanted.every(Boolean));
        expect(asks({ combinator: 'or', rules })).toBe(wanted.length === 0 || wanted.some(Boolean));
      }),
    );
  });

  it('membership is equality with one of the values', () => {
    fc.assert(
      fc.property(property, fc.array(value, { maxLength: 4 }), (name, values) => {
        const some = values.some((one) => asks({ property: name, operator: '=', value: one }));
        expect(asks({ property: name, operator: 'in', value: values })).toBe(some);
      }),
    );
  });
});
