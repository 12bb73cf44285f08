import { beforeAll, describe, expect, test } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const red = member('red', ['red']);
const blue = member('blue', ['blue']);
const keeper = member('keeper', [], ['service-moderator']);
const { call, send } = withGantry({}, { authority: vouchingFor({ red, blue, keeper }) });

type Method = Parameters<typeof call>[0];
const as = (who: 'red' | 'blue' | 'keeper') => (method: Method, path: string, body?: unknown) =>
  send(method, path, { body, headers: { authorization: `Bearer ${who}` } });
const entities = '/v1/blueprints/service/entities';
const permit = (blueprint: string, grants: object) =>
  call('PATCH', `/v1/blueprints/${blueprint}/permissions`, { entities: grants });
const make = (identifier: string, rest: object = {}) =>
  call('POST', `${entities}?upsert=true`, { identifier, ...rest });
const read = async (identifier: string) => (await call('GET', `${entities}/${identifier}`)).object('entity');

const owned = { ownedByTeam: true };
const members = { roles: ['Member'] };

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'system' });
  await call('POST', '/v1/blueprints', {
    identifier: 'service',
    schema: {
      properties: {
        tier: { type: 'number', default: 3 },
        budget: { type: 'number' },
        note: { type: 'string' },
      },
    },
    relations: { system: { target: 'system' }, uses: { target: 'system', many: true } },
  });
  await permit('service', { update: owned, register: owned, unregister: owned });
});

describe('without a grant', () => {
  test('a member reads, and is told who could help with the rest', async () => {
    await make('theirs', { team: ['blue'], properties: { note: 'x' } });
    const answer = await as('red')('PATCH', `${entities}/theirs`, { properties: { note: 'y' }, title: 'Y' });
    expect(answer).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    expect(answer.list('problems').map(({ path }) => path)).toEqual(['title', 'properties.note']);
    expect(answer.at('message')).toContain('Ask an administrator or a moderator of service');
    expect((await as('red')('DELETE', `${entities}/theirs`)).status).toBe(403);
    expect((await as('red')('POST', entities, { identifier: 'new', team: ['blue'] })).status).toBe(403);
    expect(await read('theirs')).toMatchObject({ title: 'theirs', properties: { note: 'x' } });
  });

  test('a write that changes nothing is answered, and nothing is renewed by it', async () => {
    await make('same', { team: ['blue'] });
    const agent = { authorization: 'Bearer red', 'user-agent': 'intruder' };
    const answer = await send('PATCH', `${entities}/same`, { body: { team: ['blue'] }, headers: agent });
    expect(answer.status).toBe(200);
    const found = await call('POST', '/v1/entities/search', {
      rules: [{ property: '$datasource', operator: '=', value: 'intruder' }],
    });
    expect(found.list('entities')).toEqual([]);
  });
});

describe('owning teams', () => {
  test('write what is theirs', async () => {
    expect((await as('red')('POST', entities, { identifier: 'ours', team: ['red'] })).status).toBe(201);
    expect((await as('red')('PATCH', `${entities}/ours`, { properties: { note: 'hi' } })).status).toBe(200);
    expect((await as('red')('PUT', `${entities}/ours`, { identifier: 'still_ours', team: 'red' })).status).toBe(200);
    expect((await as('red')('DELETE', `${entities}/still_ours`)).status).toBe(200);
  });

  test('neither take an entity over nor give one away', async () => {
    await make('blues', { team: ['blue'] });
    await make('reds', { team: ['red'] });
    expect((await as('red')('PATCH', `${entities}/blues`, { team: ['red'] })).status).toBe(403);
    const given = await as('red')('PATCH', `${entities}/reds`, { team: ['blue'] });
    expect(given.status).toBe(403);
    expect(given.list('problems')).toMatchObject([{ path: 'team' }]);
    expect((await as('red')('PATCH', `${entities}/reds`, { team: ['red', 'blue'] })).status).toBe(200);
  });

  test('have each item of a bulk decided; the granted ones are stored', async () => {
    await make('b1', { team: ['red'] });
    await make('b2', { team: ['blue'] });
    const body = {
      entities: [
        { identifier: 'b1', team: ['red'], title: 'One' },
        { identifier: 'b2', team: ['red'] },
        { identifier: 'b3', team: ['red'] },
        { identifier: 'b4', team: ['blue'] },
        { identifier: 'b1', team: ['blue'] },
      ],
    };
    const answer = await as('red')('POST', `${entities}/bulk?upsert=true`, body);
    expect(answer.status).toBe(207);
    expect(answer.list('entities').map(({ index }) => index)).toEqual([0, 2]);
    expect(answer.list('errors')).toMatchObject(
      [1, 3, 4].map((index) => ({ index, statusCode: 403, error: 'forbidden' })),
    );
    expect(await read('b1')).toMatchObject({ title: 'One', team: ['red'] });
    expect((await call('GET', `${entities}/b4`)).status).toBe(404);
  });

  test('delete in bulk only what is theirs, or nothing', async () => {
    await make('d1', { team: ['red'] });
    await make('d2', { team: ['blue'] });
    const path = '/v1/blueprints/service/bulk/entities/delete';
    expect((await as('red')('POST', path, { entities: ['d1', 'd2'] })).status).toBe(403);
    expect((await as('red')('POST', path, { entities: ['d1', 'gone'] })).at('deletedEntities')).toEqual(['d1']);
  });

  test('restore what they could register', async () => {
    for (const [name, team] of [
      ['r1', 'red'],
      ['r2', 'blue'],
    ] as const) {
      await make(name, { team: [team] });
      await call('DELETE', `${entities}/${name}`);
    }
    const trash = (await call('GET', '/v1/trash')).list('trash');
    const idOf = (name: string) => trash.find(({ identifier }) => identifier === name)?.id;
    expect((await as('red')('POST', `/v1/trash/${idOf('r2')}/restore`)).status).toBe(403);
    expect((await as('red')('POST', `/v1/trash/${idOf('r1')}/restore`)).status).toBe(200);
    expect((await as('red')('DELETE', `/v1/trash/${idOf('r2')}`)).status).toBe(403);
  });
});

describe('grants of single properties and relations', () => {
  test('stand in place of the one for the entity, for it and against it', async () => {
    await make('single', { team: ['red'] });
    await permit('service', {
      updateProperties: { note: members, budget: { users: ['keeper@example.com'] } },
      updateRelations: { system: { roles: [] } },
    });
    expect((await as('blue')('PATCH', `${entities}/single`, { properties: { note: 'anyone' } })).status).toBe(200);
    const answer = await as('red')('PATCH', `${entities}/single`, { properties: { budget: 1, tier: 1 } });
    expect(answer.list('problems').map(({ path }) => path)).toEqual(['properties.budget']);
    await call('POST', '/v1/blueprints/system/entities', { identifier: 'shop' });
    expect((await as('red')('PATCH', `${entities}/single`, { relations: { system: 'shop' } })).status).toBe(403);
    expect((await as('red')('PATCH', `${entities}/single`, { relations: { uses: ['shop'] } })).status).toBe(200);
    expect((await as('keeper')('PATCH', `${entities}/single`, { properties: { budget: 5 } })).status).toBe(200);
  });

  test('hold for what is given at registration as well; a default is nobody’s doing', async () => {
    await permit('service', { updateProperties: { budget: { roles: [] }, tier: { roles: [] } } });
    const given = await as('red')('POST', entities, { identifier: 'p1', team: ['red'], properties: { budget: 9 } });
    expect(given.list('problems').map(({ path }) => path)).toEqual(['properties.budget']);
    expect((await as('red')('POST', entities, { identifier: 'p1', team: ['red'] })).status).toBe(201);
    await permit('service', {
      updateProperties: { budget: null, tier: null, note: null },
      updateRelations: { system: null },
    });
  });
});

describe('policies', () => {
  test('look at the entity before and after', async () => {
    const policy = { combinator: 'and', rules: [{ property: 'tier', operator: '>', value: 1 }] };
    await permit('service', { update: { policy } });
    await make('policed', { properties: { tier: 2 } });
    expect((await as('blue')('PATCH', `${entities}/policed`, { properties: { tier: 1 } })).status).toBe(403);
    expect((await as('blue')('PATCH', `${entities}/policed`, { properties: { tier: 3 } })).status).toBe(200);
    await permit('service', { update: owned });
  });

  test('may follow relations, and speak of the caller', async () => {
    await call('POST', '/v1/blueprints/_user/entities', { identifier: 'blue@example.com', title: 'Blue' });
    const rules = [
      { relation: 'system', targetProperty: '$identifier', operator: '=', value: 'till' },
      { property: { context: 'user', property: '$title' }, operator: '=', value: 'Blue' },
    ];
    await permit('service', { update: { policy: { combinator: 'and', rules } } });
    await call('POST', '/v1/blueprints/system/entities', { identifier: 'till' });
    await make('related', { relations: { system: 'till' } });
    expect((await as('red')('PATCH', `${entities}/related`, { title: 'R' })).status).toBe(403);
    expect((await as('blue')('PATCH', `${entities}/related`, { title: 'R' })).status).toBe(200);
    expect((await as('blue')('PATCH', `${entities}/related`, { relations: { system: null } })).status).toBe(403);
    await permit('service', { update: owned });
  });
});

describe('what may not be read', () => {
  beforeAll(async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'secret',
      schema: { properties: { open: { type: 'string' }, closed: { type: 'string' } }, required: ['closed'] },
      relations: { next: { target: 'secret', many: true }, top: { target: 'secret' } },
    });
    await permit('secret', {
      ...{ read: owned, update: members, register: members, unregister: members },
      readProperties: { closed: { roles: [] } },
    });
    const properties = { open: 'o', closed: 'c' };
    const all = ['mine', 'mine2', 'hidden', 'hidden2'];
    for (const identifier of all) {
      const team = [identifier.startsWith('mine') ? 'red' : 'blue'];
      await call('POST', '/v1/blueprints/secret/entities', { identifier, team, properties });
    }
    const relations = { next: ['mine2', 'hidden'], top: 'hidden' };
    await call('PATCH', '/v1/blueprints/secret/entities/mine', { relations });
  });
  const secrets = '/v1/blueprints/secret/entities';

  test('is answered like what is not there, word for word', async () => {
    const same = async (method: Method, path: (name: string) => string, body?: unknown) => {
      const [hidden, absent] = await Promise.all(
        ['hidden', 'absent'].map((name) => as('red')(method, path(name), body)),
      );
      const words = JSON.stringify(hidden?.body).replaceAll('hidden', 'absent');
      expect([hidden?.status, words]).toEqual([absent?.status, JSON.stringify(absent?.body)]);
      return hidden?.status;
    };
    expect(await same('PATCH', (name) => `${secrets}/${name}`, { title: 'x' })).toBe(404);
    expect(await same('DELETE', (name) => `${secrets}/${name}`)).toBe(404);
    const named = ['hidden', 'absent', 'hidden2'].map((name) =>
      as('red')('PATCH', `${secrets}/mine`, { relations: { next: ['mine2', name] } }),
    );
    for (const answer of await Promise.all(named)) expect(answer.status).toBe(404);
    const gone = await as('red')('POST', '/v1/blueprints/secret/bulk/entities/delete', { entities: ['hidden', 'x'] });
    expect(gone.at('deletedEntities')).toEqual([]);
  });

  test('cannot be registered over: the words are those of who may register nothing', async () => {
    const body = (identifier: string) => ({ identifier, team: ['red'], properties: { closed: 'x' } });
    const hidden = await as('red')('POST', `${secrets}?upsert=true`, body('hidden'));
    await permit('secret', { register: { roles: [] } });
    const refused = await as('red')('POST', `${secrets}?upsert=true`, body('unheard'));
    await permit('secret', { register: members });
    expect(hidden.status).toBe(403);
    expect(hidden.text('message').replaceAll('hidden', 'unheard')).toBe(refused.text('message'));
    const renamed = await as('red')('PUT', `${secrets}/mine2`, { identifier: 'hidden' });
    expect([renamed.status, renamed.list('problems')]).toMatchObject([403, [{ path: 'identifier' }]]);
  });

  test('stays as it is when the rest is replaced', async () => {
    const replaced = await as('red')('PUT', `${secrets}/mine`, {
      identifier: 'mine',
      team: ['red'],
      properties: { open: 'new' },
      relations: { next: [], top: null },
    });
    expect(replaced.status).toBe(200);
    expect(replaced.at('entity.relations')).toEqual({ next: [], top: null });
    expect(JSON.stringify(replaced.at('entity.properties'))).not.toContain('"c"');
    expect((await call('GET', `${secrets}/mine`)).object('entity')).toMatchObject({
      properties: { open: 'new', closed: 'c' },
      relations: { next: ['hidden'], top: 'hidden' },
    });
  });

  test('stays beside what a search finds, and behind no value of the wrong kind', async () => {
    const next = { combinator: 'and', rules: [{ property: '$identifier', operator: '=', value: 'mine2' }] };
    expect((await as('red')('PATCH', `${secrets}/mine`, { relations: { next } })).status).toBe(200);
    const kept = { relations: { next: ['mine2', 'hidden'] } };
    expect((await call('GET', `${secrets}/mine`)).object('entity')).toMatchObject(kept);
    const nothing = { combinator: 'and', rules: [{ property: '$identifier', operator: '=', value: 'nothing' }] };
    const emptied = { relations: { next: nothing, top: nothing } };
    expect((await as('red')('PATCH', `${secrets}/mine`, emptied)).status).toBe(200);
    const left = { relations: { next: ['hidden'], top: 'hidden' } };
    expect((await call('GET', `${secrets}/mine`)).object('entity')).toMatchObject(left);
    for (const wrong of [{ properties: 'x' }, { relations: 'x' }]) {
      const answer = await as('red')('PUT', `${secrets}/mine`, { identifier: 'mine', team: ['red'], ...wrong });
      expect(answer.status).toBe(422);
    }
  });

  test('cannot be guessed by naming it', async () => {
    for (const closed of ['c', 'd', null]) {
      const answer = await as('red')('PATCH', `${secrets}/mine`, { properties: { closed } });
      expect([answer.status, answer.list('problems').map(({ path }) => path)]).toEqual([403, ['properties.closed']]);
    }
  });

  test('makes no bare entities: they take a grant to register', async () => {
    await permit('secret', { register: owned });
    const path = `${secrets}/mine?create_missing_related_entities=true`;
    const [hidden, absent] = await Promise.all(
      ['hidden2', 'absent'].map((name) => as('red')('PATCH', path, { relations: { next: [name] } })),
    );
    expect([hidden?.status, absent?.status]).toEqual([403, 403]);
    expect(hidden?.text('message').replace('hidden2', 'absent')).toBe(absent?.text('message'));
    await permit('secret', { register: members });
  });

  test('is not told by who needs something', async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'needing',
      relations: { it: { target: 'secret', required: true } },
    });
    await permit('needing', { read: { roles: [] } });
    await call('POST', '/v1/blueprints/needing/entities', { identifier: 'whisper', relations: { it: 'mine2' } });
    const kept = await as('red')('DELETE', `${secrets}/mine2`);
    expect([kept.status, kept.at('error')]).toEqual([409, 'has_dependents']);
    const taken = await as('red')('DELETE', `${secrets}/mine2?delete_dependents=true`);
    expect(taken.status).toBe(403);
    expect(JSON.stringify([kept.body, taken.body])).not.toContain('whisper');
  });
});

describe('people', () => {
  test('give out no power, whatever is granted', async () => {
    const properties = { port_role: members, status: members, $team: members, $identifier: members, $title: members };
    await permit('_user', { register: members, update: members, updateProperties: properties });
    const path = '/v1/blueprints/_user/entities';
    await call('POST', path, { identifier: 'eve@example.com' });
    for (const body of [
      { properties: { port_role: 'Admin' } },
      { properties: { moderated_blueprints: ['service'] } },
      { properties: { status: 'Active' } },
      { team: ['red'] },
      { identifier: 'red@example.com' },
    ]) {
      expect((await as('red')('PATCH', `${path}/eve@example.com`, body)).status).toBe(403);
    }
    expect((await as('red')('POST', path, { identifier: 'mallory@example.com' })).status).toBe(403);
    expect((await as('red')('PATCH', `${path}/eve@example.com`, { title: 'Eve' })).status).toBe(200);
  });
});

describe('moderators', () => {
  test('delete all of theirs, and are not told which of the others stands in the way', async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'clinging',
      relations: { to: { target: 'service', required: true } },
    });
    await permit('clinging', { read: { roles: [] } });
    await make('clung');
    await call('POST', '/v1/blueprints/clinging/entities', { identifier: 'murmur', relations: { to: 'clung' } });
    const id = (await as('keeper')('DELETE', '/v1/blueprints/service/all-entities')).text('migrationId');
    const status = async () => (await as('keeper')('GET', `/v1/migrations/${id}`)).text('migration.status');
    await expect.poll(status, { timeout: 10_000 }).toBe('FAILURE');
    const told = await as('keeper')('GET', `/v1/migrations/${id}`);
    expect(told.text('migration.message')).not.toContain('murmur');
    expect((await call('GET', `/v1/migrations/${id}`)).text('migration.message')).toContain('murmur');
    expect((await as('red')('GET', `/v1/migrations/${id}`)).status).toBe(404);
    expect((await as('red')('GET', '/v1/migrations')).list('migrations')).toEqual([]);
  });

  test('do everything to the entities of their blueprint, and nothing to others', async () => {
    await make('kept', { team: ['blue'] });
    expect((await as('keeper')('PATCH', `${entities}/kept`, { team: ['red'], title: 'K' })).status).toBe(200);
    expect((await as('keeper')('DELETE', `${entities}/kept`)).status).toBe(200);
    expect((await as('keeper')('POST', '/v1/blueprints/system/entities', { identifier: 'x' })).status).toBe(403);
    expect((await as('keeper')('PATCH', '/v1/blueprints/service', { description: 'Kept' })).status).toBe(200);
    expect((await as('keeper')('PATCH', '/v1/blueprints/system', { description: 'Not' })).status).toBe(403);
  });
});
