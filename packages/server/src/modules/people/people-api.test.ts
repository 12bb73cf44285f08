import { beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf, signedIn } from '../../../test/signed-in.ts';
import { admin, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;

const invite = (email: string, more: object = {}) => call('POST', '/v1/users/invite', { invitee: { email, ...more } });
const tokenOf = (path: string) => path.replace('/sign-in?token=', '');
const open = (path: string) => send('POST', '/v1/session', { body: { token: tokenOf(path) } });
const userOf = async (email: string) => (await call('GET', `/v1/users/${email}`)).at('user');

beforeAll(async () => {
  await call('POST', '/v1/teams', { name: 'Team Rocket' });
});

describe('teams', () => {
  test('are made, read, renamed and deleted as Terraform does it', async () => {
    await invite('tess@example.com');
    const made = await call('POST', '/v1/teams', { name: 'My Team', description: 'first' });
    expect(made).toMatchObject({
      status: 201,
      body: { ok: true, team: { name: 'My Team', users: [], provider: 'Port' } },
    });
    const users = [admin.email, 'Tess@example.com'];
    const filled = await call('PUT', '/v1/teams/My%20Team', { name: 'Our Team', users });
    expect(filled.at('team')).toMatchObject({ name: 'Our Team', description: null });
    expect(new Set(filled.at('team.users') as string[])).toEqual(new Set([admin.email, 'tess@example.com']));
    const read = await call('GET', '/v1/teams/Our%20Team?fields=name&fields=users.email');
    expect(read.list('team.users')).toContainEqual({
      ...{ email: 'tess@example.com', firstName: '', lastName: '', status: 'Invited' },
    });
    expect((await call('GET', '/v1/teams/My%20Team')).status).toBe(404);
    expect(
      (await call('PUT', '/v1/teams/Our%20Team', { name: 'Our Team', users: [admin.email] })).at('team.users'),
    ).toEqual([admin.email]);
    expect((await call('DELETE', '/v1/teams/Our%20Team')).body).toEqual({ ok: true });
    expect((await call('GET', '/v1/teams/Our%20Team')).status).toBe(404);
    expect(await userOf(admin.email)).toMatchObject({ teams: [] });
  });

  test('are their entities, in both directions', async () => {
    await call('POST', '/v1/teams', { name: 'Ops & On-call', users: [admin.email] });
    const entity = await call('GET', '/v1/blueprints/_team/entities/Ops-On-call');
    expect(entity.at('entity')).toMatchObject({ title: 'Ops & On-call', properties: { size: 1 } });
    await call('PATCH', '/v1/blueprints/_team/entities/Ops-On-call', { properties: { description: 'day and night' } });
    expect((await call('GET', '/v1/teams/Ops-On-call')).at('team')).toMatchObject({
      ...{ name: 'Ops & On-call', description: 'day and night', users: [{ email: admin.email }] },
    });
    const changes = await call('GET', '/v1/blueprints/_team/entities/Ops-On-call/changes');
    expect(changes.status).toBe(200);
  });

  test('of a name that is taken, of nobody known and of a name that is none are refused, all said at once', async () => {
    expect((await call('POST', '/v1/teams', { name: 'Team Rocket' })).status).toBe(409);
    expect((await call('POST', '/v1/teams', { name: 'Team-Rocket' })).status).toBe(409);
    const unknown = await call('POST', '/v1/teams', { name: 'New', users: ['x@example.com', admin.email, 'y'] });
    expect(unknown).toMatchObject({ status: 422, body: { problems: [{ path: 'users.0' }, { path: 'users.2' }] } });
    expect((await call('GET', '/v1/teams/New')).status).toBe(404);
    expect((await call('POST', '/v1/teams', { name: 'a/b?' })).status).toBe(422);
  });
});

describe('an invitation', () => {
  test('lets somebody in once, who then sets a password', async () => {
    const invited = await invite('Vic@Example.com', { roles: ['service-moderator'], teams: ['Team Rocket'] });
    expect(invited.at('user')).toMatchObject({
      ...{ email: 'vic@example.com', status: 'Invited', teams: ['Team Rocket'] },
      roles: [{ name: 'Member' }, { name: 'service-moderator' }],
    });
    const path = invited.text('signInLink.path');
    const first = await open(path);
    expect(first.at('session.actor')).toMatchObject({ label: 'vic@example.com', hasPassword: false });
    expect(await userOf('vic@example.com')).toMatchObject({ status: 'Active' });
    expect((await open(path)).status).toBe(401);
    const headers = { cookie: cookiesOf(first) };
    const set = (body: object) => send('PUT', '/v1/session/password', { body, headers });
    expect(await set({ password: 'short' })).toMatchObject({ status: 422, body: { problems: [{ path: 'password' }] } });
    expect((await set({ password: 'long enough for all' })).status).toBe(200);
    expect(await set({ password: 'another long one' })).toMatchObject({
      ...{ status: 422, body: { problems: [{ path: 'currentPassword' }] } },
    });
    expect((await set({ password: 'another long one', currentPassword: 'wrong' })).status).toBe(401);
    expect((await set({ password: 'another long one', currentPassword: 'long enough for all' })).status).toBe(200);
    const body = { email: 'VIC@example.com', password: 'another long one' };
    expect((await send('POST', '/v1/session', { body })).status).toBe(200);
  });

  test('is the only one, is no second way in for the active, and ends with its person', async () => {
    const old = (await invite('wes@example.com')).text('signInLink.path');
    const fresh = (await invite('wes@example.com')).text('signInLink.path');
    expect((await open(old)).status).toBe(401);
    await call('PATCH', '/v1/users/wes@example.com', { status: 'Disabled' });
    expect((await open(fresh)).status).toBe(401);
    expect((await invite(admin.email)).status).toBe(409);
  });

  test('brings somebody in whom files have brought before', async () => {
    const user = (name: string, groups: string[]) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name },
      spec: { profile: { displayName: 'Bo Files', email: 'Bo@Example.com' }, memberOf: groups },
    });
    const files = [{ path: 'org.yaml', text: JSON.stringify(user('bo.files', ['rocketeers'])) }];
    expect(
      (await call('POST', '/v1/imports', { root: 'org', base: 'file:/org/', files, entries: ['org.yaml'] })).status,
    ).toBe(200);
    const invited = await invite('bo@example.com');
    expect(invited.at('user')).toMatchObject({
      id: 'bo.files',
      email: 'bo@example.com',
      firstName: 'Bo',
      lastName: 'Files',
    });
    const session = await open(invited.text('signInLink.path'));
    expect(session.at('session.actor')).toMatchObject({ label: 'bo.files', roles: ['Member'], teams: ['rocketeers'] });
  });

  test('asks for roles and teams that there are', async () => {
    const answer = await invite('xi@example.com', { roles: ['Root'], teams: ['Team Rocket', 'nowhere'] });
    expect(answer).toMatchObject({
      ...{ status: 422, body: { problems: [{ path: 'invitee.roles.0' }, { path: 'invitee.teams.1' }] } },
    });
    expect((await call('GET', '/v1/users/xi@example.com')).status).toBe(404);
  });
});

describe('users', () => {
  test('are given roles and teams by name, and shut out', async () => {
    const path = (await invite('yan@example.com')).text('signInLink.path');
    const headers = { cookie: cookiesOf(await open(path)) };
    const changed = await call('PATCH', '/v1/users/yan@example.com', { roles: ['Admin'], teams: ['Team Rocket'] });
    expect(changed.at('user')).toMatchObject({ roles: [{ name: 'Admin' }], teams: ['Team Rocket'], status: 'Active' });
    expect((await call('PATCH', '/v1/users/yan@example.com', { status: 'Disabled' })).status).toBe(200);
    expect((await send('GET', '/v1/blueprints', { headers })).status).toBe(401);
    expect((await call('DELETE', '/v1/users/yan@example.com')).status).toBe(200);
    expect((await call('GET', '/v1/users/yan@example.com')).status).toBe(404);
    expect((await call('DELETE', `/v1/users/${admin.email}`)).status).toBe(403);
    expect((await call('PATCH', `/v1/users/${admin.email}`, { roles: ['Member'] })).status).toBe(403);
  });

  test('who forgot their password get a link, and nothing of before lets them in', async () => {
    const first = await open((await invite('zoe@example.com')).text('signInLink.path'));
    const headers = { cookie: cookiesOf(first) };
    await send('PUT', '/v1/session/password', { body: { password: 'soon forgotten' }, headers });
    const renewed = await call('POST', '/v1/users/zoe@example.com/sign-in-link');
    expect((await send('GET', '/v1/blueprints', { headers })).status).toBe(401);
    const body = { email: 'zoe@example.com', password: 'soon forgotten' };
    expect((await send('POST', '/v1/session', { body })).status).toBe(401);
    expect((await open(renewed.text('signInLink.path'))).status).toBe(200);
  });

  test('cannot make themselves more than they are', async () => {
    await call('POST', '/v1/users/invite', { invitee: { email: 'mal@example.com' } });
    await call('PATCH', '/v1/users/mal@example.com', { status: 'Active' });
    const headers = await signedIn(door, 'mal@example.com');
    const tries = [
      send('PATCH', '/v1/users/mal@example.com', { headers, body: { roles: ['Admin'] } }),
      send('POST', '/v1/users/invite', { headers, body: { invitee: { email: 'mal2@example.com', roles: ['Admin'] } } }),
      send('POST', '/v1/teams', { headers, body: { name: 'mine' } }),
      send('GET', '/v1/users', { headers }),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.status).toBe(403);
    const body = { password: 'long enough for me', roles: ['Admin'], port_role: 'Admin' };
    expect(await send('PUT', '/v1/session/password', { headers, body })).toMatchObject({ status: 422 });
    expect(await userOf('mal@example.com')).toMatchObject({ roles: [{ name: 'Member' }] });
  });
});
