import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, type QueriedEntity } from '../query/evaluate.ts';
import { memoryGraph } from '../query/memory-graph.ts';
import type { BoundQuery } from '../query/parsed-query.ts';
import type { Actor } from './can.ts';
import { explain, questionOf } from './explain.ts';
import type { BlueprintPermissions, Grant } from './grant.ts';
import { EntityJudge, type EntityQuestion, requirementsOf } from './judge.ts';
import { permissionsOf } from './permissions-of.ts';

const none: Grant = { users: [], roles: [], teams: [], ownedByTeam: false };
const members: Grant = { ...none, roles: ['Member'] };
const member: Actor = { kind: 'user', id: '1', label: 'ada@example.com', roles: ['Member'], teams: ['red'] };
const context = { now: 0, caller: null };
const permissions = permissionsOf('service', {
  entities: { update: none, updateProperties: { note: members }, readProperties: { budget: none } },
});
const paths = (question: EntityQuestion, of = permissions) =>
  requirementsOf('service', of, question).map(({ path }) => path);

describe('what has to be granted', () => {
  it.each<[EntityQuestion, string[]]>([
    [{ action: 'read' }, ['read']],
    [{ action: 'register' }, ['read', 'register']],
    [{ action: 'readProperty', key: 'note' }, ['read']],
    [{ action: 'readProperty', key: 'budget' }, ['read', 'readProperties.budget']],
    [{ action: 'updateProperty', key: 'note' }, ['read', 'updateProperties.note']],
    [{ action: 'updateProperty', key: 'budget' }, ['read', 'readProperties.budget', 'updateProperties.budget']],
    [{ action: 'updateRelation', key: 'system' }, ['read', 'updateRelations.system']],
  ])('for %j is %j', (question, expected) => {
    expect(paths(question)).toEqual(expected);
  });

  it('for one property is its own grant in place of the one for the entity', () => {
    const judge = new EntityJudge(member, 'service', permissions, context);
    expect(judge.verdict({ action: 'updateProperty', key: 'note' }).opens).toBe(true);
    expect(judge.verdict({ action: 'updateProperty', key: 'tier' }).opens).toBe(false);
  });

  it('of people stays with administrators where it gives out power', () => {
    const open = permissionsOf('_user', { entities: { register: members, update: members } });
    const moderator = { ...member, roles: ['Member', '_user-moderator'] };
    const judge = new EntityJudge(moderator, '_user', open, context);
    const opens = (key: string) => judge.verdict({ action: 'updateProperty', key }).opens;
    expect(['port_role', 'moderated_blueprints', 'status', '$team', '$identifier'].map(opens)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    expect(judge.verdict({ action: 'register' }).opens).toBe(false);
    expect([opens('$title'), opens('port_type')]).toEqual([true, true]);
  });
});

describe('an explanation', () => {
  it('reads the chain to whoever asks, without the names of others', () => {
    const grant: Grant = { ...none, users: ['bob@example.com'], teams: ['blue'], roles: ['Member', 'architect'] };
    const set = permissionsOf('service', { entities: { update: grant, read: { ...none, ownedByTeam: true } } });
    const verdict = new EntityJudge(member, 'service', set, context).verdict({ action: 'update' });
    const explained = explain(member, 'service', verdict, null);
    expect(explained).toMatchObject({ decision: 'depends', grantedBy: ['Admin', 'service-moderator'] });
    const reasons = explained.chain.map(({ parts }) => parts.map(({ part, reason }) => `${part}: ${reason}`));
    expect(reasons).toEqual([
      [
        'admin: Not an administrator.',
        'moderator: Is not a moderator of service.',
        'users: Is not among the users named.',
        'roles: Is granted to no roles.',
        'teams: Is granted to no teams.',
        'ownedByTeam: Is granted where one of these teams owns the entity: red.',
        'policy: Has no policy.',
      ],
      [
        'admin: Not an administrator.',
        'moderator: Is not a moderator of service.',
        'users: Is not among the users named.',
        'roles: Is granted to roles they have: Member.',
        'teams: Is granted to teams they do not have.',
        'ownedByTeam: Is not granted to owning teams.',
        'policy: Has no policy.',
      ],
    ]);
  });

  it('says who can help with what is locked, and with nobody signed in', () => {
    const open = permissionsOf('_user', { entities: { update: members } });
    const question = { action: 'updateProperty', key: 'status' } as const;
    const of = (actor: Actor | null) =>
      explain(actor, '_user', new EntityJudge(actor, '_user', open, context).verdict(question), null);
    expect(of(member)).toMatchObject({ decision: 'no', grantedBy: ['Admin'] });
    expect(of(null)).toMatchObject({ decision: 'no', chain: [{ parts: [{ reason: 'Nobody is signed in.' }] }, {}] });
  });
});

const names = (...from: string[]) => fc.subarray(from);
const grants: fc.Arbitrary<Grant> = fc.record({
  users: names('ada@example.com', 'bob@example.com'),
  roles: names('Admin', 'Member'),
  teams: names('red', 'blue'),
  ownedByTeam: fc.boolean(),
  policy: fc.record({
    rules: fc.array(
      fc.record({ property: fc.constant('tier'), operator: fc.constantFrom('=', '!='), value: fc.nat(1) }),
      {
        maxLength: 2,
      },
    ),
  }),
});
const grantsByKey = fc.dictionary(fc.constantFrom('tier', 'note'), grants);
const permitted: fc.Arbitrary<BlueprintPermissions> = fc
  .record({
    ...{ read: grants, register: grants, unregister: grants, update: grants },
    ...{ updateProperties: grantsByKey, updateRelations: grantsByKey },
    ...{ readProperties: grantsByKey, readRelations: grantsByKey },
  })
  .map((entities) => ({ entities }));
const actors: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constant('user'),
  id: fc.constant('1'),
  label: fc.constantFrom('ada@example.com', 'eve@example.com'),
  roles: names('Admin', 'Member', 'service-moderator'),
  teams: names('red', 'green'),
});
const questions = fc
  .tuple(
    fc.constantFrom('read', 'register', 'update', 'unregister', 'readProperty', 'updateProperty', 'updateRelation'),
    fc.constantFrom('tier', 'note', '$title'),
  )
  .map(([action, key]) => questionOf(action, key) ?? { action: 'read' as const });
const stamps = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
const entities = fc.record({ team: names('red', 'blue'), tier: fc.nat(1) }).map(({ team, tier }): QueriedEntity => {
  return { blueprint: 'service', identifier: 's', team, properties: { tier }, relations: {}, ...stamps };
});

describe('every explanation', () => {
  it('agrees with the decision, and each of its steps with the parts it names', () => {
    fc.assert(
      fc.property(actors, permitted, questions, entities, (actor, set, question, entity) => {
        const holds = (query: BoundQuery) => matches(query, entity, memoryGraph([], []));
        const judge = new EntityJudge(actor, 'service', set, context);
        const { decision, chain } = explain(actor, 'service', judge.verdict(question), holds);
        expect(decision).toBe(judge.allows(question, holds) ? 'yes' : 'no');
        for (const { granted, parts } of chain) {
          expect(granted).toBe(parts.some((part) => part.granted === 'yes') ? 'yes' : 'no');
        }
        const opening = judge.verdict(question).opens;
        expect(typeof opening === 'boolean' ? opening : holds(opening)).toBe(decision === 'yes');
      }),
    );
  });

  it('depends on an entity only where it has not been named one', () => {
    fc.assert(
      fc.property(actors, permitted, questions, (actor, set, question) => {
        const verdict = new EntityJudge(actor, 'service', set, context).verdict(question);
        const { decision } = explain(actor, 'service', verdict, null);
        expect(decision).toBe(verdict.opens === true ? 'yes' : verdict.opens === false ? 'no' : 'depends');
      }),
    );
  });
});
