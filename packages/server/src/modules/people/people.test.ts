import { beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../../../test/signed-in.ts';
import { admin, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;

const users = '/v1/blueprints/_user/entities';
const teams = '/v1/blueprints/_team/entities';

const person = (identifier: string, properties: object, team: string[] = []) =>
  call('POST', `${users}?upsert=true`, { identifier, team, properties });
const active = { status: 'Active', port_role: 'Member' };

async function actorOf(name: string): Promise<unknown> {
  const headers = await signedIn(door, name);
  return (await send('GET', '/v1/session', { headers })).at('session.actor');
}

beforeAll(async () => {
  await call('POST', `${teams}/bulk`, {
    entities: [
      { identifier: 'engineering' },
      { identifier: 'platform', relations: { parent: 'engineering' } },
      { identifier: 'search', relations: { parent: 'platform' } },
      { identifier: 'sales' },
    ],
  });
});

describe('who acts', () => {
  test('has the roles their entity gives them, and the teams above their own', async () => {
    await person('bea@example.com', { ...active, moderated_blueprints: ['service'] }, ['search', 'nowhere']);
    expect(await actorOf('bea@example.com')).toMatchObject({
      label: 'bea@example.com',
      roles: ['Member', 'service-moderator'],
      teams: ['engineering', 'nowhere', 'platform', 'search'],
      hasPassword: false,
    });
  });

  test('teams that lie above each other in a circle are no trap', async () => {
    await call('POST', `${teams}/bulk`, {
      entities: [{ identifier: 'hen' }, { identifier: 'egg', relations: { parent: 'hen' } }],
    });
    await call('PATCH', `${teams}/hen`, { relations: { parent: 'egg' } });
    await person('cy@example.com', active, ['egg']);
    expect(await actorOf('cy@example.com')).toMatchObject({ teams: ['egg', 'hen'] });
  });

  test('is nobody any more, at once, when they are not active or gone', async () => {
    for (const status of ['Disabled', 'Staged', 'Invited']) {
      await person('dan@example.com', active);
      const headers = await signedIn(door, 'dan@example.com');
      expect((await send('GET', '/v1/blueprints', { headers })).status).toBe(200);
      await call('PATCH', `${users}/dan@example.com`, { properties: { status } });
      expect((await send('GET', '/v1/blueprints', { headers })).status, status).toBe(401);
    }
    await person('dan@example.com', active);
    const headers = await signedIn(door, 'dan@example.com');
    expect((await call('DELETE', `${users}/dan@example.com`)).status).toBe(200);
    expect((await send('GET', '/v1/blueprints', { headers })).status).toBe(401);
  });

  test('a change of roles and teams counts from the next request on', async () => {
    await person('eli@example.com', active, ['sales']);
    const headers = await signedIn(door, 'eli@example.com');
    await call('PATCH', `${users}/eli@example.com`, { team: ['platform'], properties: { port_role: 'Admin' } });
    expect((await send('GET', '/v1/session', { headers })).at('session.actor')).toMatchObject({
      roles: ['Admin'],
      teams: ['engineering', 'platform'],
    });
    await call('PATCH', `${users}/eli@example.com`, { properties: { port_role: 'Member' } });
  });

  test('stays who they are under another name, with which they sign in from then on', async () => {
    await person('flo@example.com', active);
    const headers = await signedIn(door, 'flo@example.com');
    await call('PATCH', `${users}/flo@example.com`, { identifier: 'florence@example.com' });
    const session = await send('GET', '/v1/session', { headers });
    expect(session.at('session.actor.label')).toBe('florence@example.com');
    const { rows } = await door.database.pool.query("select email from account where email like 'flo%'");
    expect(rows).toEqual([{ email: 'florence@example.com' }]);
  });

  test('people are named in small letters', async () => {
    const answer = await person('Gus@Example.com', active);
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ path: 'identifier' }] } });
  });
});

describe('the last administrator', () => {
  const ada = `${users}/${admin.email}`;

  test('is a person like others, made at the first start', async () => {
    expect((await call('GET', ada)).at('entity.properties')).toMatchObject({ status: 'Active', port_role: 'Admin' });
  });

  test('stays, whichever door somebody tries', async () => {
    const refused = { status: 403, body: { ok: false, error: 'forbidden' } };
    expect(await call('PATCH', ada, { properties: { port_role: 'Member' } })).toMatchObject(refused);
    expect(await call('PATCH', ada, { properties: { status: 'Disabled' } })).toMatchObject(refused);
    expect(await call('PUT', ada, { title: 'Ada' })).toMatchObject(refused);
    expect(await call('POST', `${users}/bulk`, { entities: [{ identifier: admin.email }] })).toMatchObject(refused);
    expect(await call('DELETE', ada)).toMatchObject(refused);
    const bulk = await call('POST', '/v1/blueprints/_user/bulk/entities/delete', { entities: [admin.email] });
    expect(bulk).toMatchObject(refused);
    const { at } = await call('DELETE', '/v1/blueprints/_user/all-entities');
    const migration = `/v1/migrations/${at('migrationId')}`;
    await expect.poll(async () => (await call('GET', migration)).at('migration.status')).toBe('FAILURE');
    expect((await call('GET', ada)).at('entity.properties.port_role')).toBe('Admin');
  });

  test('of two who put each other out at the same moment, one is refused', async () => {
    await person('hal@example.com', { status: 'Active', port_role: 'Admin' });
    await signedIn(door, 'hal@example.com');
    const demote = (name: string) => call('PATCH', `${users}/${name}`, { properties: { port_role: 'Member' } });
    const answers = await Promise.all([demote(admin.email), demote('hal@example.com')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    await call('PATCH', ada, { properties: { port_role: 'Admin' } });
    await demote('hal@example.com');
  });

  test('somebody who could not sign in is no other administrator', async () => {
    await person('ivy@example.com', { status: 'Active', port_role: 'Admin' });
    expect((await call('PATCH', ada, { properties: { port_role: 'Member' } })).status).toBe(403);
  });
});

describe('the size of a team', () => {
  const sizeOf = async (team: string) => (await call('GET', `${teams}/${team}`)).at('entity.properties.size');

  test('is the number of its people, whatever anybody says', async () => {
    await call('POST', teams, { identifier: 'choir', properties: { size: 40 } });
    expect(await sizeOf('choir')).toBe(0);
    await person('kim@example.com', active, ['choir']);
    await person('lou@example.com', active, ['choir', 'sales']);
    expect(await sizeOf('choir')).toBe(2);
    await call('PUT', `${teams}/choir`, { properties: { size: 7 } });
    expect(await sizeOf('choir')).toBe(2);
    await call('PATCH', `${users}/kim@example.com`, { team: [] });
    expect(await sizeOf('choir')).toBe(1);
    await call('DELETE', `${users}/lou@example.com`);
    expect(await sizeOf('choir')).toBe(0);
    const trashed = (await call('GET', '/v1/trash?blueprint=_user')).list('trash')[0];
    expect((await call('POST', `/v1/trash/${trashed?.id}/restore`)).status).toBe(200);
    expect(await sizeOf('choir')).toBe(1);
  });

  test('counts all who join at the same moment', async () => {
    await call('POST', teams, { identifier: 'crowd' });
    const names = Array.from({ length: 12 }, (_, index) => `crowd-${index}@example.com`);
    await Promise.all(names.map((name) => person(name, active, ['crowd'])));
    expect(await sizeOf('crowd')).toBe(12);
  });
});

test('what a team owns, and who is in it, follow its new identifier', async () => {
  await call('POST', '/v1/blueprints', { identifier: 'service' });
  await call('POST', teams, { identifier: 'old-name' });
  await person('mia@example.com', active, ['sales', 'old-name']);
  await call('POST', '/v1/blueprints/service/entities', { identifier: 'shop', team: ['old-name', 'sales'] });
  await call('PATCH', `${teams}/old-name`, { identifier: 'new-name' });
  expect((await call('GET', '/v1/blueprints/service/entities/shop')).at('entity.team')).toEqual(['new-name', 'sales']);
  expect((await call('GET', `${teams}/new-name`)).at('entity.properties.size')).toBe(1);
  expect(await actorOf('mia@example.com')).toMatchObject({ teams: ['new-name', 'sales'] });
});
