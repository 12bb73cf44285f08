import { beforeAll, describe, expect, test } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const red = member('red', ['red']);
const keeper = member('keeper', [], ['service-moderator']);
const { call, send } = withGantry({}, { authority: vouchingFor({ red, keeper }) });

type Method = Parameters<typeof call>[0];
const as = (who: 'red' | 'keeper') => (method: Method, path: string, body?: unknown) =>
  send(method, path, { body, headers: { authorization: `Bearer ${who}` } });
const permissions = '/v1/blueprints/service/permissions';
const permit = (grants: object) => call('PATCH', permissions, { entities: grants });
const shown = async () => (await call('GET', permissions)).object('permissions.entities');
const grant = (...roles: string[]) => ({ users: [], roles, teams: [], ownedByTeam: false });

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'system' });
  await call('POST', '/v1/blueprints', {
    identifier: 'service',
    schema: { properties: { language: { type: 'string' }, budget: { type: 'number' } } },
    relations: { system: { target: 'system' } },
  });
  for (const [identifier, team] of Object.entries({ a: ['red'], b: ['red'], c: ['blue'] })) {
    await call('POST', '/v1/blueprints/service/entities', { identifier, team });
  }
});

describe('the permissions of a blueprint', () => {
  test('are for administrators and its moderators', async () => {
    for (const method of ['GET', 'PATCH'] as const) {
      const body = method === 'GET' ? undefined : { entities: {} };
      expect((await as('red')(method, permissions, body)).status).toBe(403);
      expect((await as('keeper')(method, permissions, body)).status).toBe(200);
      expect((await as('keeper')(method, '/v1/blueprints/system/permissions', body)).status).toBe(403);
      expect((await call(method, '/v1/blueprints/nope/permissions', body)).status).toBe(404);
    }
  });

  test('refuse what they cannot be, with every problem', async () => {
    const entities = { reed: {}, updateProperties: { colour: {} }, read: { roles: 'Member', policy: { rules: 1 } } };
    const answer = await call('PATCH', permissions, { entities });
    expect(answer.status).toBe(422);
    expect(answer.list('problems').map(({ path }) => path)).toEqual([
      'entities.reed',
      'entities.read.roles',
      'entities.read.policy.rules',
      'entities.updateProperties.colour',
    ]);
  });

  test('are there from the start, and come back as they were set, to the letter', async () => {
    expect(await shown()).toMatchObject({ read: grant('Admin', 'service-moderator', 'Member') });
    const policy = {
      combinator: 'and',
      rules: [{ property: { context: 'user', property: 'x' }, operator: '=', value: 1 }],
    };
    await permit({ read: { ...grant('Admin', 'Member'), policy }, update: { ...grant('Member'), teams: null } });
    expect(await shown()).toMatchObject({
      read: { ...grant('Admin', 'Member'), policy },
      update: grant('Member'),
      updateProperties: { language: grant('Member'), $title: grant('Member') },
      updateRelations: { system: grant('Member') },
    });
    await permit({ read: grant('Admin', 'Member') });
    expect((await shown()).read).toEqual(grant('Admin', 'Member'));
    await permit({ read: grant('Admin', 'service-moderator', 'Member'), update: grant('Admin', 'service-moderator') });
  });

  test('leave the blueprint itself as it was, and hold at once', async () => {
    const before = await call('GET', '/v1/blueprints/service');
    await permit({ register: grant('Member') });
    expect((await call('GET', '/v1/blueprints/service')).body).toEqual(before.body);
    expect((await as('red')('POST', '/v1/blueprints/service/entities', { identifier: 'd' })).status).toBe(201);
    await call('DELETE', '/v1/blueprints/service/entities/d');
    await permit({ register: grant('Admin', 'service-moderator') });
  });

  test('let moderators write no policy that looks past their blueprint, and keep one that does', async () => {
    const beyond = { policy: { combinator: 'and', rules: [{ relation: 'system', operator: 'isEmpty' }] } };
    const within = { policy: { combinator: 'and', rules: [{ property: 'budget', operator: '>', value: 1 }] } };
    for (const path of [permissions, `${permissions}/plan`]) {
      const method = path === permissions ? 'PATCH' : 'POST';
      const refused = await as('keeper')(method, path, { entities: { unregister: beyond } });
      expect([refused.status, refused.list('problems')]).toMatchObject([422, [{ path: 'entities.unregister.policy' }]]);
    }
    expect((await as('keeper')('PATCH', permissions, { entities: { unregister: within } })).status).toBe(200);
    await permit({ unregister: beyond });
    const kept = await as('keeper')('PATCH', permissions, { entities: { unregister: beyond, update: grant() } });
    expect(kept.status).toBe(200);
    await permit({ unregister: grant('Admin', 'service-moderator'), update: grant('Admin', 'service-moderator') });
  });

  test('follow renames of properties, relations and blueprints, in every policy too', async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'old',
      schema: { properties: { tier: { type: 'number' } } },
      relations: { up: { target: 'old' } },
    });
    const rules = [
      { property: 'tier', operator: '=', value: 1 },
      { property: { path: ['up'] }, operator: 'matchAny', value: ['x'] },
    ];
    const set = { ...grant('old-moderator'), policy: { combinator: 'and', rules } };
    await call('PATCH', '/v1/blueprints/old/permissions', {
      entities: { read: set, readProperties: { tier: set }, updateRelations: { up: set } },
    });
    await permit({ read: grant('Member', 'old-moderator') });
    await call('PATCH', '/v1/blueprints/old/properties/tier/rename', { newPropertyName: 'level' });
    await call('PATCH', '/v1/blueprints/old/relations/up/rename', { newRelationIdentifier: 'above' });
    await call('PATCH', '/v1/blueprints/old', { identifier: 'new' });
    const followed = (await call('GET', '/v1/blueprints/new/permissions')).object('permissions.entities');
    const now = {
      ...grant('new-moderator'),
      policy: {
        combinator: 'and',
        rules: [
          { property: 'level', operator: '=', value: 1 },
          { property: { path: ['above'] }, operator: 'matchAny', value: ['x'] },
        ],
      },
    };
    expect(followed).toMatchObject({ read: now, readProperties: { level: now }, updateRelations: { above: now } });
    expect((await shown()).read).toEqual(grant('Member', 'new-moderator'));
    await permit({ read: grant('Admin', 'service-moderator', 'Member') });
  });

  test('are not lost with the name of a blueprint: who moderates it goes on doing so', async () => {
    const moderated_blueprints = ['system', 'before', 'service'];
    await call('POST', '/v1/blueprints', { identifier: 'before' });
    await call('POST', '/v1/blueprints/_user/entities', {
      identifier: 'mo@example.com',
      properties: { moderated_blueprints },
    });
    await call('PATCH', '/v1/blueprints/before', { identifier: 'after' });
    const person = '/v1/blueprints/_user/entities/mo@example.com';
    const moderated = (await call('GET', person)).at('entity.properties.moderated_blueprints');
    expect(moderated).toEqual(['system', 'after', 'service']);
    const [change] = (await call('GET', `${person}/changes`)).list('changes');
    expect(change).toMatchObject({
      action: 'updated',
      diff: [{ path: 'properties.moderated_blueprints', before: moderated_blueprints, after: moderated }],
    });
  });

  test('of a property that is gone are kept for when it comes again', async () => {
    const shape = (keys: string[]) => ({
      identifier: 'comes',
      schema: { properties: Object.fromEntries(keys.map((key) => [key, { type: 'string' }])) },
    });
    await call('POST', '/v1/blueprints', shape(['x', 'y']));
    const path = '/v1/blueprints/comes/permissions';
    await call('PATCH', path, { entities: { readProperties: { x: grant() } } });
    await call('PUT', '/v1/blueprints/comes', shape(['y']));
    expect((await call('GET', path)).at('permissions.entities.readProperties')).toEqual({});
    await call('PUT', '/v1/blueprints/comes', shape(['x', 'y']));
    expect((await call('GET', path)).at('permissions.entities.readProperties')).toEqual({ x: grant() });
  });
});

describe('a plan', () => {
  test('counts who would gain and lose what, and changes nothing', async () => {
    const before = await shown();
    const entities = { read: { ownedByTeam: true }, update: { users: ['red@example.com'], teams: ['blue'] } };
    const answer = await call('POST', `${permissions}/plan`, { entities });
    expect(answer.at('plan')).toEqual({
      entities: 3,
      changes: [
        { path: 'read', kind: 'role', name: 'Member', gained: 0, lost: 3 },
        { path: 'read', kind: 'team', name: 'blue', gained: 0, lost: 2 },
        { path: 'update', kind: 'team', name: 'blue', gained: 1, lost: 0 },
        { path: 'read', kind: 'team', name: 'red', gained: 0, lost: 1 },
        { path: 'read', kind: 'user', name: 'red@example.com', gained: 0, lost: 3 },
      ],
      more: false,
    });
    expect(await shown()).toEqual(before);
    expect((await as('red')('POST', `${permissions}/plan`, { entities })).status).toBe(403);
  });
});

describe('abilities', () => {
  test('say what the caller may do with a blueprint and its entities', async () => {
    const path = '/v1/blueprints/service/abilities?entity=a&entity=c&entity=absent';
    const meta = ['$title', '$team', '$icon', '$identifier'];
    const nothing = { properties: [], relations: [] };
    expect((await as('red')('GET', path)).at('abilities')).toEqual({
      ...{ blueprint: false, register: 'never', registering: nothing },
      entities: ['a', 'c'].map((identifier) => ({ identifier, unregister: false, ...nothing })),
    });
    const all = { properties: ['language', 'budget', ...meta], relations: ['system'] };
    expect((await as('keeper')('GET', path)).at('abilities')).toMatchObject({
      ...{ blueprint: true, register: 'always' },
      registering: { properties: ['language', 'budget', '$title', '$team', '$icon'], relations: ['system'] },
      entities: [{ identifier: 'a', unregister: true, ...all }, { identifier: 'c' }],
    });
    await permit({ read: { ownedByTeam: true }, update: { ownedByTeam: true }, register: { ownedByTeam: true } });
    await permit({ updateProperties: { budget: grant() } });
    expect((await as('red')('GET', path)).at('abilities')).toEqual({
      ...{ blueprint: false, register: 'sometimes' },
      registering: { properties: ['language', '$title', '$team', '$icon'], relations: ['system'] },
      entities: [{ identifier: 'a', unregister: false, properties: ['language', ...meta], relations: ['system'] }],
    });
    await permit({ read: grant('Member'), update: grant(), register: grant(), updateProperties: { budget: null } });
  });
});

describe('an explanation', () => {
  const about = (query: Record<string, string>) =>
    `/v1/explain?${new URLSearchParams({ blueprint: 'service', ...query })}`;

  test('names every way to be granted something, and who can grant it', async () => {
    await permit({ update: { roles: ['architect'], teams: ['blue'], ownedByTeam: true } });
    const answer = await as('red')('GET', about({ action: 'update', entity: 'c' }));
    expect(answer.at('explanation')).toMatchObject({
      actor: 'red@example.com',
      decision: 'no',
      grantedBy: ['Admin', 'service-moderator'],
      chain: [
        { path: 'read', granted: 'yes' },
        { path: 'update', granted: 'no' },
      ],
    });
    const parts = answer.list('explanation.chain').at(1)?.parts;
    expect(parts).toContainEqual({ part: 'roles', granted: 'no', reason: 'Is granted to roles they do not have.' });
    expect(parts).toContainEqual({
      ...{ part: 'ownedByTeam', granted: 'no' },
      reason: 'None of their teams owns the entity.',
    });
    expect(JSON.stringify(parts)).not.toContain('architect');
    const own = await as('red')('GET', about({ action: 'updateProperty', property: 'language', entity: 'a' }));
    expect(own.at('explanation')).toMatchObject({
      decision: 'yes',
      chain: [{}, { path: 'updateProperties.language' }],
    });
    const open = await as('red')('GET', about({ action: 'update' }));
    expect(open.at('explanation.decision')).toBe('depends');
  });

  test('agrees with what then happens', async () => {
    for (const entity of ['a', 'b', 'c']) {
      const told = await as('red')('GET', about({ action: 'updateProperty', property: '$title', entity }));
      const done = await as('red')('PATCH', `/v1/blueprints/service/entities/${entity}`, { title: `${entity}!` });
      expect(told.at('explanation.decision')).toBe(done.status === 200 ? 'yes' : 'no');
    }
  });

  test('is about oneself, or asked by an administrator', async () => {
    expect((await as('red')('GET', about({ action: 'read', actor: 'ada@example.com' }))).status).toBe(403);
    const ada = await call('GET', about({ action: 'read', actor: 'ada@example.com' }));
    expect(ada.at('explanation')).toMatchObject({ actor: 'ada@example.com', decision: 'yes' });
    expect((await call('GET', about({ action: 'read', actor: 'nobody@example.com' }))).status).toBe(404);
  });

  test('tells nothing of what may not be seen', async () => {
    await permit({ read: { ownedByTeam: true } });
    const [hidden, absent] = await Promise.all(
      ['c', 'x'].map((entity) => as('red')('GET', about({ action: 'read', entity }))),
    );
    expect([hidden?.status, absent?.status]).toEqual([404, 404]);
    expect(hidden?.text('message').replace('`c`', '`x`')).toBe(absent?.text('message'));
    await permit({ read: grant('Member') });
  });

  test('refuses questions that mean nothing', async () => {
    for (const query of [
      { action: 'fly' },
      { action: 'updateProperty' },
      { action: 'readRelation', relation: 'nope' },
    ]) {
      expect((await call('GET', about(query))).status).toBe(422);
    }
  });
});
