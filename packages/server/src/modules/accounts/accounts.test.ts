import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, SignJWT } from 'jose';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { withDatabase } from '../../../test/with-database.ts';
import { admin, machine, withGantry } from '../../../test/with-gantry.ts';
import { createGantry } from '../../compose.ts';
import { readConfig } from '../../config.ts';
import { AttemptLimit } from './attempt-limit.ts';

const door = withGantry();
const { send } = door;

const cookieOf = (headers: Readonly<Record<string, unknown>>) => String(headers['set-cookie']).split(';')[0] ?? '';
const signIn = async () => cookieOf((await send('POST', '/v1/session', { body: admin })).headers);

describe('machines', () => {
  test('get a JWT that their clients can read, for three hours', async () => {
    const answer = await send('POST', '/v1/auth/access_token', { body: machine });
    expect(answer).toMatchObject({ status: 200, body: { ok: true, expiresIn: 10_800, tokenType: 'Bearer' } });
    const claims = decodeJwt(answer.text('accessToken'));
    expect(claims).toMatchObject({ isMachine: true, orgId: expect.any(String) });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(10_800);
  });

  test('an old token at hand does not keep anybody from getting a new one', async () => {
    for (const authorization of ['Bearer old', 'nonsense', '']) {
      const answer = await send('POST', '/v1/auth/access_token', { body: machine, headers: { authorization } });
      expect(answer.status).toBe(200);
    }
  });

  test('a wrong secret and an unknown id are the same refusal', async () => {
    const wrong = await send('POST', '/v1/auth/access_token', { body: { ...machine, clientSecret: 'no' } });
    const unknown = await send('POST', '/v1/auth/access_token', { body: { clientId: 'who', clientSecret: 'no' } });
    expect(wrong).toMatchObject({ status: 401, body: { ok: false, error: 'unauthorized' } });
    expect(unknown.body).toEqual(wrong.body);
  });

  test('forged, expired, foreign and nonsensical tokens are refused', async () => {
    const sign = (key: string, exp: string) =>
      new SignJWT({ roles: ['Admin'], label: 'x' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('x')
        .setIssuer('gantry')
        .setAudience('gantry')
        .setExpirationTime(exp)
        .sign(new TextEncoder().encode(key));
    const { rows } = await door.database.pool.query(
      "select value from instance_secret where name = 'token-signing-key'",
    );
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","roles":["Admin"]}').toString('base64url')}.`;
    const tokens = [
      await sign('another key, just as long as it has to be', '1h'),
      await sign(rows[0].value, '-1s'),
      none,
      'x',
      '🚀',
    ];
    for (const token of tokens) {
      const answer = await send('GET', '/v1/blueprints', { headers: { authorization: `Bearer ${encodeURI(token)}` } });
      expect(answer).toMatchObject({ status: 401, body: { ok: false, error: 'unauthorized' } });
    }
    expect((await send('GET', '/v1/blueprints', { headers: { authorization: 'Basic eDp5' } })).status).toBe(401);
  });
});

describe('people', () => {
  test('sign in with a password, get a cookie that scripts cannot read, and sign out', async () => {
    const answer = await send('POST', '/v1/session', { body: admin });
    expect(String(answer.headers['set-cookie'])).toMatch(/gantry_session=[^;]+; [^,]*HttpOnly; SameSite=Lax/);
    expect(answer.at('session')).toMatchObject({ actor: { label: admin.email, kind: 'user' }, passwordSignIn: true });
    const cookie = cookieOf(answer.headers);
    expect((await send('GET', '/v1/blueprints', { headers: { cookie } })).status).toBe(200);
    const out = await send('DELETE', '/v1/session', { headers: { cookie } });
    expect(String(out.headers['set-cookie'])).toMatch(/Max-Age=0/);
    expect((await send('GET', '/v1/blueprints', { headers: { cookie } })).status).toBe(401);
  });

  test('without a session, the session says so and what the first run is', async () => {
    const answer = await send('GET', '/v1/session');
    expect(answer.at('session')).toMatchObject({ firstRun: true, organization: { id: expect.any(String) } });
    expect(answer.at('session.actor')).toBeUndefined();
  });

  test('the database holds no password, no session and no secret that would open anything', async () => {
    const cookie = await signIn();
    const { rows } = await door.database.pool.query(
      `select (select json_agg(session)::text from session) || (select json_agg(account)::text from account)
           || (select json_agg(machine_credential)::text from machine_credential) as everything`,
    );
    for (const secret of [cookie.split('=')[1] ?? '', admin.password, machine.clientSecret]) {
      expect(rows[0].everything).not.toContain(secret);
    }
  });

  test('a change with a cookie must come from our own pages', async () => {
    const cookie = await signIn();
    const change = (headers: Record<string, string>) =>
      send('POST', '/v1/blueprints', {
        body: { identifier: `from-${Math.random()}` },
        headers: { cookie, ...headers },
      });
    for (const origin of ['https://evil.example', 'null', 'http://localhost:81', 'nonsense']) {
      expect(await change({ origin }), origin).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    }
    expect((await change({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await change({ origin: 'http://localhost:7007', host: 'localhost:7007' })).status).toBe(201);
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await send('GET', '/v1/blueprints', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(
      200,
    );
  });

  test('guessing is slowed down, for the guesser', async () => {
    const guess = () => send('POST', '/v1/session', { body: { email: 'eve@example.com', password: 'guess' } });
    for (let tries = 0; tries < 10; tries++) expect((await guess()).status).toBe(401);
    const answer = await guess();
    expect(answer).toMatchObject({ status: 429, body: { ok: false, error: 'too_many_requests' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await send('POST', '/v1/session', { body: admin })).status).toBe(200);
  });

  test('a guesser may try again after a minute', () => {
    let now = 0;
    const limit = new AttemptLimit(() => now);
    const attempts = [{ key: 'eve', free: 2 }];
    limit.failed(attempts);
    limit.check(attempts);
    limit.failed(attempts);
    expect(() => limit.check(attempts)).toThrow('Wait 60 seconds');
    now = 60_000;
    limit.check(attempts);
  });
});

describe('without a password', () => {
  const database = withDatabase();

  test('a one-time link lets the administrator in, once; and the command line gets its own credential', async () => {
    const gantry = await createGantry(
      readConfig({ GANTRY_DATABASE_URL: database.url, GANTRY_DATA_DIR: temporaryFolder() }, '/nonexistent'),
      pino({ level: 'silent' }),
    );
    const folder = await mkdtemp(join(tmpdir(), 'gantry-cli-'));
    const use = async (body: object) => gantry.app.inject({ method: 'POST', url: '/v1/session', payload: body });
    try {
      const replaced = await gantry.accounts.offerSignInLink();
      const token = await gantry.accounts.offerSignInLink();
      expect((await use({ token: replaced })).statusCode).toBe(401);
      expect((await use({ token })).statusCode).toBe(200);
      expect((await use({ token })).statusCode).toBe(401);
      expect(await gantry.accounts.offerSignInLink()).toBe(null);
      await gantry.accounts.writeCliCredential(folder, 'http://localhost:1');
      const file = join(folder, 'cli.json');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const { url, ...credential } = JSON.parse(await readFile(file, 'utf8'));
      expect(url).toBe('http://localhost:1');
      const answer = await gantry.app.inject({ method: 'POST', url: '/v1/auth/access_token', payload: credential });
      expect(answer.statusCode).toBe(200);
    } finally {
      await gantry.close();
      await rm(folder, { recursive: true });
    }
  });
});
