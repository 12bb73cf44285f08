import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { connectionOf, RunningGantry } from './running-gantry.ts';
import { temporaryDataDir } from './temporary-data-dir.ts';

test('with GANTRY_DATABASE_URL, Gantries share that database, start none, and leave everything in it', async () => {
  const url = await emptyDatabase();
  const first = await startOn(url);
  await send(first, 'POST', '/v1/blueprints', { identifier: 'ship' });
  expect(await send(first, 'POST', '/v1/blueprints/ship/entities', { identifier: 'argo' })).toBe(201);
  expect(first.processes().map(({ part }) => part)).not.toContain('postmaster');

  const second = await startOn(url);
  expect(await send(second, 'GET', '/v1/blueprints/ship/entities/argo')).toBe(200);
  expect(await send(second, 'DELETE', '/v1/blueprints/ship/entities/argo')).toBe(200);
  expect(await send(first, 'GET', '/v1/blueprints/ship/entities/argo')).toBe(404);
  for (const gantry of [first, second]) expect(await gantry.stop()).toBe(0);

  const third = await startOn(url);
  expect(await send(third, 'GET', '/v1/blueprints/ship')).toBe(200);
});

async function startOn(url: string): Promise<RunningGantry> {
  const gantry = await RunningGantry.start(temporaryDataDir(), { GANTRY_DATABASE_URL: url });
  expect(await gantry.isReady()).toBe(true);
  return gantry;
}

async function send(gantry: RunningGantry, method: string, path: string, body?: object): Promise<number> {
  const answer = await fetch(gantry.url + path, {
    method,
    headers: { authorization: `Bearer ${await gantry.token()}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  await answer.body?.cancel();
  return answer.status;
}

/** A new database on the server of GANTRY_TEST_DATABASE_URL; without one, on that of another Gantry, a stranger to those tested. */
async function emptyDatabase(): Promise<string> {
  const server = process.env.GANTRY_TEST_DATABASE_URL ?? (await strangersServer());
  const name = `gantry_own_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name}`);
  onTestFinished(() => execute(server, `DROP DATABASE ${name} WITH (FORCE)`));
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

async function strangersServer(): Promise<string> {
  const dataDir = temporaryDataDir();
  await RunningGantry.start(dataDir);
  const { host, port, user, password } = connectionOf(dataDir);
  return `postgres://${user}:${password}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
