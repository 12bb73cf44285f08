import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, type QueriedEntity } from '../query/evaluate.ts';
import { memoryGraph } from '../query/memory-graph.ts';
import type { Actor } from './can.ts';
import type { Grant } from './grant.ts';
import type { Opening } from './opening.ts';
import { type DecisionContext, decide, weigh } from './weigh.ts';

const nobody: Grant = { users: [], roles: [], teams: [], ownedByTeam: false };
const member: Actor = { kind: 'user', id: '1', label: 'ada@example.com', roles: ['Member'], teams: ['red', 'all'] };
const caller = { user: { $identifier: 'ada@example.com', level: 3 }, teams: [{ $identifier: 'red' }] };
const context: DecisionContext = { blueprint: 'service', now: 0, caller };

const stamps = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
const service = (team: string[], properties: Record<string, unknown> = {}): QueriedEntity => {
  return { blueprint: 'service', identifier: 's', team, properties, relations: {}, ...stamps };
};
const graph = memoryGraph([], []);
const holds = (opening: Opening, entity: QueriedEntity) =>
  typeof opening === 'boolean' ? opening : matches(opening, entity, graph);
const policy = (property: string, value: unknown) => ({
  ...nobody,
  policy: { combinator: 'and' as const, rules: [{ property, operator: '=', value }] },
});

describe('decide', () => {
  it.each<[string, Partial<Actor> | null, Grant, boolean]>([
    ['nobody signed in', null, { ...nobody, roles: ['Member'] }, false],
    ['a grant to nobody', {}, nobody, false],
    ['an administrator, whatever is granted', { roles: ['Admin'] }, nobody, true],
    ['Gantry itself', { kind: 'system', roles: [] }, nobody, true],
    ['a moderator of the blueprint', { roles: ['Member', 'service-moderator'] }, nobody, true],
    ['a moderator of another blueprint', { roles: ['Member', 'team-moderator'] }, nobody, false],
    ['a role', {}, { ...nobody, roles: ['Member'] }, true],
    ['a person by e-mail address', {}, { ...nobody, users: ['Ada@example.com'] }, true],
    ['a machine that is called like a person', { kind: 'machine' }, { ...nobody, users: ['ada@example.com'] }, false],
    ['a team', {}, { ...nobody, teams: ['blue', 'red'] }, true],
    ['another team', {}, { ...nobody, teams: ['blue'] }, false],
    ['owning teams, without a team', { teams: [] }, { ...nobody, ownedByTeam: true }, false],
    ['a policy about the caller that holds', {}, policy('tier', 1), false],
    ['an empty policy, which grants nothing', {}, { ...nobody, policy: { combinator: 'and', rules: [] } }, false],
    ['a policy without rules, however nested', {}, { ...nobody, policy: { rules: [{ rules: [] }] } }, false],
  ])('%s', (_, who, grant, expected) => {
    const opening = decide(who && { ...member, ...who }, grant, context);
    expect(holds(opening, service([]))).toBe(expected);
  });

  it('opens what a team of the actor owns', () => {
    const opening = decide(member, { ...nobody, ownedByTeam: true }, context);
    expect(opening).toMatchObject({ kind: 'rule', test: { values: ['red', 'all'] } });
    expect([['red'], ['blue', 'all'], ['blue'], []].map((team) => holds(opening, service(team)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('opens what the policy matches, with the caller put in', () => {
    const opening = decide(member, policy('reviewer', { context: 'user', property: '$identifier' }), context);
    expect(holds(opening, service([], { reviewer: 'ada@example.com' }))).toBe(true);
    expect(holds(opening, service([], { reviewer: 'bob@example.com' }))).toBe(false);
  });

  it('decides at once what no entity could influence', () => {
    const about = (value: number) => ({
      ...nobody,
      policy: { rules: [{ property: { context: 'user', property: 'level' }, operator: '=', value }] },
    });
    expect(decide(member, about(3), context)).toBe(true);
    expect(decide(member, about(4), context)).toBe(false);
  });

  it('leaves what is locked to administrators', () => {
    const everybody = { ...nobody, users: ['ada@example.com'], roles: ['Member', 'service-moderator'], teams: ['red'] };
    const locked = { ...context, isLocked: true };
    expect(decide({ ...member, roles: ['service-moderator'] }, everybody, locked)).toBe(false);
    expect(decide({ ...member, roles: ['Admin'] }, everybody, locked)).toBe(true);
  });
});

const names = (...from: string[]) => fc.subarray(from);
const grants: fc.Arbitrary<Grant> = fc.record(
  {
    users: names('ada@example.com', 'bob@example.com'),
    roles: names('Admin', 'Member', 'service-moderator'),
    teams: names('red', 'blue'),
    ownedByTeam: fc.boolean(),
    policy: fc.record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      rules: fc.array(
        fc.record({
          property: fc.constantFrom('tier', '$team'),
          operator: fc.constantFrom('=', '!='),
          value: fc.nat(2),
        }),
        { maxLength: 2 },
      ),
    }),
  },
  { requiredKeys: ['users', 'roles', 'teams', 'ownedByTeam'] },
);
const actors: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constantFrom('user', 'machine'),
  id: fc.constant('1'),
  label: fc.constantFrom('ada@example.com', 'bob@example.com'),
  roles: names('Admin', 'Member', 'service-moderator', 'other-moderator'),
  teams: names('red', 'blue', 'green'),
});
const entities = fc
  .record({ team: names('red', 'blue'), tier: fc.option(fc.nat(2)) })
  .map(({ team, tier }) => service(team, { tier }));

describe('every decision', () => {
  it('is open exactly where one of its parts is', () => {
    fc.assert(
      fc.property(actors, grants, entities, (actor, grant, entity) => {
        const { opens, parts } = weigh(actor, grant, context);
        expect(holds(opens, entity)).toBe(parts.some((part) => holds(part.opens, entity)));
        expect(opens).toEqual(decide(actor, grant, context));
      }),
    );
  });

  it('takes nothing away when more is granted', () => {
    fc.assert(
      fc.property(actors, grants, grants, entities, (actor, less, other, entity) => {
        const more: Grant = {
          ...less,
          users: [...less.users, ...other.users],
          roles: [...less.roles, ...other.roles],
          teams: [...less.teams, ...other.teams],
          ownedByTeam: less.ownedByTeam || other.ownedByTeam,
        };
        if (holds(decide(actor, less, context), entity)) {
          expect(holds(decide(actor, more, context), entity)).toBe(true);
        }
      }),
    );
  });
});
