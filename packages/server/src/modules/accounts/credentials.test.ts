import { createSign, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf, signedIn } from '../../../test/signed-in.ts';
import { admin, machine, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const users = '/v1/blueprints/_user/entities';

async function member(name: string, properties: object = {}): Promise<{ cookie: string }> {
  const input = { identifier: name, properties: { status: 'Active', port_role: 'Member', ...properties } };
  await call('POST', `${users}?upsert=true`, input);
  return signedIn(door, name);
}
const makeToken = async (headers: { cookie: string }, scopes: string[], expiresInDays = 30) =>
  send('POST', '/v1/tokens', { headers, body: { name: 'ci', scopes, expiresInDays } });

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'service' });
});

describe('personal tokens', () => {
  test('act as their person as far as their scopes reach', async () => {
    const headers = await member('amy@example.com');
    const read = bearer((await makeToken(headers, ['read'])).text('token.token'));
    const write = bearer((await makeToken(headers, ['write'])).text('token.token'));
    expect((await send('GET', '/v1/session', { headers: read })).at('session.actor.label')).toBe('amy@example.com');
    const put = (by: Record<string, string>) =>
      send('POST', '/v1/blueprints/service/entities?upsert=true', { headers: by, body: { identifier: 'x' } });
    expect((await send('GET', '/v1/blueprints', { headers: read })).status).toBe(200);
    expect((await put(read)).status).toBe(403);
    expect((await put(write)).status).not.toBe(401);
    for (const by of [read, write]) {
      expect(
        (await send('POST', '/v1/tokens', { headers: by, body: { name: 'x', scopes: ['admin'], expiresInDays: 1 } }))
          .status,
      ).toBe(403);
      expect((await send('DELETE', '/v1/sessions', { headers: by })).status).toBe(403);
      expect(
        (await send('PUT', '/v1/session/password', { headers: by, body: { password: 'x'.repeat(20) } })).status,
      ).toBe(403);
    }
  });

  test('of an administrator administer only with the scope for it', async () => {
    const headers = await signedIn(door, admin.email);
    for (const [scope, status] of [
      ['write', 403],
      ['admin', 200],
    ] as const) {
      const by = bearer((await makeToken(headers, [scope])).text('token.token'));
      expect((await send('GET', '/v1/users', { headers: by })).status).toBe(status);
      expect((await send('GET', '/v1/tokens', { headers: by })).status).toBe(403);
    }
  });

  test('are listed without themselves, kept as hashes, seen in use, and end when they are deleted', async () => {
    const headers = await member('ben@example.com');
    const made = await makeToken(headers, ['read', 'read']);
    const token = made.text('token.token');
    expect(token).toMatch(/^gty_[\w-]{43}$/);
    expect((await send('GET', '/v1/tokens', { headers })).list('tokens')[0]).toMatchObject({
      scopes: ['read'],
      lastUsedAt: null,
    });
    await send('GET', '/v1/blueprints', { headers: bearer(token) });
    const listed = await send('GET', '/v1/tokens', { headers });
    expect(listed.list('tokens')[0]).toMatchObject({ name: 'ci', lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed.body)).not.toContain(token);
    const { rows } = await door.database.pool.query(
      'select json_agg(personal_token)::text as kept from personal_token',
    );
    expect(rows[0].kept).not.toContain(token.slice(4));
    const stranger = await member('eve@example.com');
    const id = made.text('token.id');
    expect((await send('DELETE', `/v1/tokens/${id}`, { headers: stranger })).status).toBe(404);
    expect((await send('DELETE', `/v1/tokens/${id}`, { headers })).status).toBe(200);
    expect((await send('GET', '/v1/blueprints', { headers: bearer(token) })).status).toBe(401);
    expect((await send('DELETE', '/v1/tokens/nonsense', { headers })).status).toBe(404);
  });

  test('die with their person, and with their time', async () => {
    const headers = await member('cat@example.com');
    const token = (await makeToken(headers, ['read'])).text('token.token');
    await call('PATCH', `${users}/cat@example.com`, { properties: { status: 'Disabled' } });
    expect((await send('GET', '/v1/blueprints', { headers: bearer(token) })).status).toBe(401);
    await call('PATCH', `${users}/cat@example.com`, { properties: { status: 'Active' } });
    expect((await send('GET', '/v1/blueprints', { headers: bearer(token) })).status).toBe(200);
    await door.database.pool.query("update personal_token set expires_at = now() - interval '1 second'");
    expect((await send('GET', '/v1/blueprints', { headers: bearer(token) })).status).toBe(401);
    expect((await makeToken(headers, ['read'], 366)).status).toBe(422);
    expect((await makeToken(headers, ['root'])).status).toBe(422);
    expect((await makeToken(headers, [])).status).toBe(422);
  });

  test('are not for machines', async () => {
    expect((await call('GET', '/v1/tokens')).status).toBe(422);
  });
});

describe('machine credentials', () => {
  const tokenFor = (clientId: string, clientSecret: string) =>
    send('POST', '/v1/auth/access_token', { body: { clientId, clientSecret } });

  test('have roles of their own, a secret told once, and end with what is done to them', async () => {
    const made = await call('POST', '/v1/apps', { name: 'exporter', roles: ['service-moderator'] });
    expect(made).toMatchObject({
      status: 201,
      body: { app: { enabled: true, roles: ['Member', 'service-moderator'] } },
    });
    const [id, secret] = [made.text('app.id'), made.text('app.secret')];
    const token = (await tokenFor(id, secret)).text('accessToken');
    const works = async (by = token) => (await send('GET', '/v1/blueprints', { headers: bearer(by) })).status === 200;
    expect(await works()).toBe(true);
    expect((await send('GET', '/v1/apps', { headers: bearer(token) })).status).toBe(403);
    const listed = await call('GET', '/v1/apps');
    expect(listed.list('apps').find((one) => one.id === id)).toMatchObject({
      name: 'exporter',
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(listed.body)).not.toContain(secret);

    const rotated = (await call('POST', `/v1/apps/${id}/rotate-secret`)).text('app.secret');
    await expect.poll(() => works(), { timeout: 5000 }).toBe(false);
    expect((await tokenFor(id, secret)).status).toBe(401);
    const next = (await tokenFor(id, rotated)).text('accessToken');
    expect(await works(next)).toBe(true);

    expect((await call('PUT', `/v1/apps/${id}`, { name: 'renamed', enabled: false })).at('app')).toMatchObject({
      name: 'renamed',
      enabled: false,
    });
    await expect.poll(() => works(next), { timeout: 5000 }).toBe(false);
    expect((await tokenFor(id, rotated)).status).toBe(401);
    await call('PUT', `/v1/apps/${id}`, { name: 'renamed', enabled: true });
    const last = (await tokenFor(id, rotated)).text('accessToken');
    expect((await call('DELETE', `/v1/apps/${id}`)).status).toBe(200);
    await expect.poll(() => works(last), { timeout: 5000 }).toBe(false);
    expect((await call('DELETE', `/v1/apps/${id}`)).status).toBe(404);
  });

  test('of the settings are changed in the settings', async () => {
    expect((await call('DELETE', `/v1/apps/${machine.clientId}`)).status).toBe(403);
    expect((await call('POST', `/v1/apps/${machine.clientId}/rotate-secret`)).status).toBe(403);
  });

  test('of people are theirs alone, act as them and end with them', async () => {
    const headers = await member('dot@example.com');
    const rotate = (by: { cookie: string }, user: string) =>
      send('POST', `/v1/rotate-credentials/${user}`, { headers: by });
    const pair = (await rotate(headers, 'dot@example.com')).object('credentials');
    const issue = () => send('POST', '/v1/auth/access_token', { body: pair });
    const token = (await issue()).text('accessToken');
    expect((await send('GET', '/v1/session', { headers: bearer(token) })).at('session.actor')).toMatchObject({
      kind: 'user',
      label: 'dot@example.com',
    });
    expect((await send('GET', '/v1/tokens', { headers: bearer(token) })).status).toBe(403);
    expect((await rotate(await signedIn(door, admin.email), 'dot@example.com')).status).toBe(404);
    expect((await rotate(headers, admin.email)).status).toBe(404);
    await call('PATCH', `${users}/dot@example.com`, { properties: { status: 'Disabled' } });
    expect((await send('GET', '/v1/blueprints', { headers: bearer(token) })).status).toBe(401);
    expect((await issue()).status).toBe(401);
  });

  test('of service accounts are for administrators to rotate', async () => {
    const input = { identifier: 'bot@serviceaccounts', properties: { status: 'Active', port_type: 'Service Account' } };
    await call('POST', users, input);
    const pair = (await call('POST', '/v1/rotate-credentials/bot@serviceaccounts')).object('credentials');
    const token = (await send('POST', '/v1/auth/access_token', { body: pair })).text('accessToken');
    expect((await send('GET', '/v1/session', { headers: bearer(token) })).at('session.actor.label')).toBe(
      'bot@serviceaccounts',
    );
  });
});

describe('sessions', () => {
  test('are told apart, ended one by one, and all at once', async () => {
    const one = await member('fay@example.com');
    const other = await signedIn(door, 'fay@example.com');
    const list = async () => (await send('GET', '/v1/sessions', { headers: one })).list('sessions');
    const [foreign] = (await list()).filter(({ current }) => !current);
    expect(await list()).toHaveLength(2);
    const eve = await member('eva@example.com');
    expect((await send('DELETE', `/v1/sessions/${foreign?.id}`, { headers: eve })).status).toBe(404);
    expect((await send('GET', '/v1/sessions?user=fay@example.com', { headers: eve })).status).toBe(404);
    expect((await send('DELETE', `/v1/sessions/${foreign?.id}`, { headers: one })).status).toBe(200);
    expect((await send('GET', '/v1/blueprints', { headers: other })).status).toBe(401);
    await signedIn(door, 'fay@example.com');
    expect((await call('DELETE', '/v1/sessions?user=fay@example.com')).at('ended')).toBe(2);
    expect((await send('GET', '/v1/blueprints', { headers: one })).status).toBe(401);
  });

  test('are new ones at each sign-in: what somebody slipped in before leads nowhere, what was open is closed', async () => {
    const planted = 'gantry_session=planted';
    const first = await send('POST', '/v1/session', { body: admin, headers: { cookie: planted } });
    expect(cookiesOf(first)).not.toContain('planted');
    expect((await send('GET', '/v1/blueprints', { headers: { cookie: planted } })).status).toBe(401);
    const second = await send('POST', '/v1/session', { body: admin, headers: { cookie: cookiesOf(first) } });
    expect((await send('GET', '/v1/blueprints', { headers: { cookie: cookiesOf(first) } })).status).toBe(401);
    expect((await send('GET', '/v1/blueprints', { headers: { cookie: cookiesOf(second) } })).status).toBe(200);
  });
});

describe('forgeries', () => {
  const claims = { gen: 1, isMachine: true };
  const signed = async (key: string, change: { issuer?: string; audience?: string } = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(machine.clientId)
      .setIssuer(change.issuer ?? 'gantry')
      .setAudience(change.audience ?? 'gantry')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(key));
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('are refused, whatever they pretend to be; the real thing beside them is not', async () => {
    const { rows } = await door.database.pool.query(
      "select value from instance_secret where name = 'token-signing-key'",
    );
    const key = String(rows[0].value);
    const body = { ...claims, sub: machine.clientId, iss: 'gantry', aud: 'gantry', exp: 2_000_000_000 };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = `${part({ alg: 'RS256' })}.${part(body)}`;
    const forged = {
      'another key': await signed('another key, just as long as it has to be'),
      'another issuer': await signed(key, { issuer: 'elsewhere' }),
      'another audience': await signed(key, { audience: 'elsewhere' }),
      'no signature': `${part({ alg: 'none' })}.${part(body)}.`,
      'no signature, in capitals': `${part({ alg: 'NONE' })}.${part(body)}.`,
      'another algorithm': `${rsa}.${createSign('sha256').update(rsa).sign(privateKey, 'base64url')}`,
      'another algorithm over the same key': `${part({ alg: 'RS256' })}.${(await signed(key)).split('.').slice(1).join('.')}`,
      'no expiry': `${part({ alg: 'HS256' })}.${part({ ...body, exp: undefined })}.${(await signed(key)).split('.')[2]}`,
      'a personal token': `gty_${'x'.repeat(43)}`,
    };
    for (const [what, token] of Object.entries(forged)) {
      expect(await send('GET', '/v1/blueprints', { headers: bearer(token) }), what).toMatchObject({
        status: 401,
        body: { ok: false },
      });
    }
    expect((await send('GET', '/v1/blueprints', { headers: bearer(await signed(key)) })).status).toBe(200);
  });
});

test('guessing at somebody, from everywhere, does not keep them out of a browser they know', async () => {
  const guess = (cookie?: string) =>
    send('POST', '/v1/session', { body: { ...admin, password: 'guess' }, headers: cookie ? { cookie } : {} });
  const known = cookiesOf(await send('POST', '/v1/session', { body: admin }));
  for (let tries = 0; tries < 10; tries++) await guess();
  expect((await send('POST', '/v1/session', { body: admin })).status).toBe(429);
  expect((await send('POST', '/v1/session', { body: admin, headers: { cookie: known } })).status).toBe(200);
  const forged = known.replace(/gantry_device=[^.]+/, 'gantry_device=mine');
  expect((await send('POST', '/v1/session', { body: admin, headers: { cookie: forged } })).status).toBe(429);
  for (let tries = 0; tries < 10; tries++) await guess(known);
  expect((await guess(known)).status).toBe(429);
});
