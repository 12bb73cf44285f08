import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { cookiesOf } from '../../../test/signed-in.ts';
import { withDatabase } from '../../../test/with-database.ts';
import { admin, machine, withGantry } from '../../../test/with-gantry.ts';
import { createGantry } from '../../compose.ts';
import { readConfig } from '../../config.ts';
import { hashPassword, isPassword, isSameSecret } from './secret.ts';

const database = withDatabase();
const door = withGantry();

test('no log line, however much is logged, holds a secret', async () => {
  const lines = new PassThrough();
  const written = text(lines);
  const settings = {
    GANTRY_DATABASE_URL: database.url,
    GANTRY_CLIENT_ID: machine.clientId,
    GANTRY_CLIENT_SECRET: machine.clientSecret,
    GANTRY_ADMIN_EMAIL: admin.email,
    GANTRY_ADMIN_PASSWORD: admin.password,
  };
  const gantry = await createGantry(readConfig(settings, '/nonexistent'), pino({ level: 'trace' }, lines));
  const secrets: string[] = [admin.password, machine.clientSecret, 'a wrong password', 'unknown-link'];
  const call = async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    headers: Record<string, string>,
    payload?: object,
  ) => {
    const answer = await gantry.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { headers: answer.headers, body: answer.json<Record<string, Record<string, string>>>() };
  };
  try {
    const signedIn = await call('POST', '/v1/session', {}, admin);
    const headers = { cookie: cookiesOf(signedIn) };
    secrets.push(...headers.cookie.split('; ').map((cookie) => cookie.split('=')[1] ?? ''));
    await call('POST', '/v1/session', {}, { email: admin.email, password: 'a wrong password' });
    await call('POST', '/v1/session', {}, { token: 'unknown-link' });
    const made = await call('POST', '/v1/tokens', headers, { name: 'x', scopes: ['read'], expiresInDays: 1 });
    const token = made.body.token?.token ?? '';
    const jwt = String((await call('POST', '/v1/auth/access_token', {}, machine)).body.accessToken);
    const app = await call('POST', '/v1/apps', headers, { name: 'x' });
    const invited = await call('POST', '/v1/users/invite', headers, { invitee: { email: 'new@example.com' } });
    const link = invited.body.signInLink?.path?.split('=')[1] ?? '';
    secrets.push(token, jwt, app.body.app?.secret ?? '', link);
    for (const by of [token, jwt, `${token}x`]) await call('GET', '/v1/blueprints', { authorization: `Bearer ${by}` });
    await call('GET', `/v1/blueprints?token=${token}`, headers);
  } finally {
    await gantry.close();
    lines.end();
  }
  const log = await written;
  expect(log).toContain('/v1/session');
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  for (const secret of secrets) expect(log).not.toContain(secret);
});

test('whether there is such an account cannot be told by how long the refusal takes', async () => {
  const timed = async (email: string) => {
    const start = performance.now();
    const answer = await door.send('POST', '/v1/session', { body: { email, password: 'wrong' } });
    expect(answer).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    return performance.now() - start;
  };
  const best = async (email: string) => Math.min(await timed(email), await timed(email), await timed(email));
  expect(await best('nobody@example.com')).toBeGreaterThan((await best(admin.email)) / 4);
});

test('secrets are compared whole, and hashes of another making fit nothing', async () => {
  expect(isSameSecret('abc', 'abc')).toBe(true);
  for (const other of ['', 'abd', 'ab', 'abcd']) expect(isSameSecret('abc', other)).toBe(false);
  const hash = await hashPassword('ｐａｓｓword');
  expect(await isPassword('password', hash)).toBe(true);
  for (const stored of ['', 'plain', 'md5$x$y$z$a$b']) expect(await isPassword('password', stored)).toBe(false);
});
