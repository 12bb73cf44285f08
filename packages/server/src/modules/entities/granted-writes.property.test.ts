import {
  type Actor,
  type EntityContent,
  EntityJudge,
  type EntityQuestion,
  type Grant,
  type Holds,
  matches,
  memoryGraph,
  permissionsOf,
  type QueriedEntity,
} from '@gantry/core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const actors: Readonly<Record<string, Actor>> = {
  red: member('red', ['red']),
  blue: member('blue', ['blue', 'red']),
  lone: member('lone'),
  keeper: member('keeper', ['blue'], ['thing-moderator']),
};
const { call, send } = withGantry({}, { authority: vouchingFor(actors) });

const blueprint = {
  identifier: 'thing',
  schema: { properties: { tier: { type: 'number' }, note: { type: 'string' } } },
};
beforeAll(() => call('POST', '/v1/blueprints', blueprint));

const rule = fc.oneof(
  fc.record({ property: fc.constant('tier'), operator: fc.constantFrom('=', '!=', '>'), value: fc.nat(2) }),
  fc.record({
    property: fc.constant('$team'),
    operator: fc.constant('contains'),
    value: fc.constantFrom('red', 'blue'),
  }),
  fc.record({ property: fc.constant('note'), operator: fc.constantFrom('isEmpty', 'isNotEmpty') }),
);
const grant: fc.Arbitrary<Grant> = fc.record(
  {
    users: fc.subarray(['lone@example.com']),
    roles: fc.subarray(['Member']),
    teams: fc.subarray(['blue']),
    ownedByTeam: fc.boolean(),
    policy: fc.record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      rules: fc.array(rule, { maxLength: 2 }),
    }),
  },
  { requiredKeys: ['users', 'roles', 'teams', 'ownedByTeam'] },
);
const open: Grant = { users: [], roles: ['Member'], teams: [], ownedByTeam: false };
const permissions = fc.record({
  read: fc.oneof(fc.constant(open), grant),
  ...{ register: grant, unregister: grant, update: grant },
  updateProperties: fc.dictionary(fc.constantFrom('tier', 'note', '$team', '$title'), grant, { maxKeys: 2 }),
  readProperties: fc.dictionary(fc.constant('note'), grant, { maxKeys: 1 }),
});

const teams = fc.subarray(['red', 'blue']);
const values = { tier: fc.nat(2), note: fc.constantFrom('x', 'y') };
const stored = fc.record({
  title: fc.constantFrom('A', 'B'),
  team: teams,
  properties: fc.record(values, { requiredKeys: [] }),
});
const change = fc.record(
  { title: fc.constantFrom('A', 'B'), team: teams, properties: fc.record(values, { requiredKeys: [] }) },
  { requiredKeys: [] },
);

type Content = Pick<EntityContent, 'title' | 'team' | 'properties'>;
const stamps = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
const holdsFor = (content: Content): Holds => {
  const entity: QueriedEntity = { ...content, ...stamps, blueprint: 'thing', identifier: 'e', relations: {} };
  return (query) => matches(query, entity, memoryGraph([], []));
};

/** What a change is about: whatever differs afterwards. */
function questionsOf(before: Content, after: Content): EntityQuestion[] {
  const differs = (left: unknown, right: unknown) => JSON.stringify(left) !== JSON.stringify(right);
  const meta = (['title', 'team'] as const).filter((key) => differs(before[key], after[key])).map((key) => `$${key}`);
  const own = ['tier', 'note'].filter((key) => differs(before.properties[key], after.properties[key]));
  return [...meta, ...own].map((key) => ({ action: 'updateProperty', key }));
}

test('for any permissions, a change is stored exactly where memory would allow it, before and after', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(actors)),
      ...[permissions, stored, change],
      async (name, entities, before, given) => {
        const after = { ...before, ...given, properties: { ...before.properties, ...given.properties } };
        const judge = new EntityJudge(actors[name] ?? null, 'thing', permissionsOf('thing', { entities }), {
          now: 0,
          caller: null,
        });
        const [then, now] = [holdsFor(before), holdsFor(after)];
        const isSeen = judge.allows({ action: 'read' }, then);
        const isHidden = !judge.allows({ action: 'readProperty', key: 'note' }, then);
        const isNamed = given.properties?.note !== undefined;
        const isGranted = questionsOf(before, after).every((question) => {
          return judge.allows(question, then) && judge.allows(question, now);
        });

        await call('PATCH', '/v1/blueprints/thing/permissions', {
          entities: {
            updateProperties: { tier: null, note: null, $team: null, $title: null },
            readProperties: { note: null },
          },
        });
        await call('PATCH', '/v1/blueprints/thing/permissions', { entities });
        await call('POST', '/v1/blueprints/thing/entities?upsert=true', { identifier: 'e', ...before });
        const headers = { authorization: `Bearer ${name}` };
        const answer = await send('PATCH', '/v1/blueprints/thing/entities/e', { body: given, headers });

        const expected = isSeen ? (isGranted && !(isHidden && isNamed) ? 200 : 403) : 404;
        expect(answer.status).toBe(expected);
        const kept = (await call('GET', '/v1/blueprints/thing/entities/e')).object('entity');
        const { title, team, properties } = expected === 200 ? after : before;
        expect(kept).toMatchObject({ title, team, properties: { tier: null, note: null, ...properties } });
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
