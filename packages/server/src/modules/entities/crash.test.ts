import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDatabase } from '../../../test/with-database.ts';
import { machine } from '../../../test/with-gantry.ts';

const database = withDatabase();
const main = resolve(import.meta.dirname, '../../main.ts');
const running = new Set<ChildProcess>();
let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gantry-crash-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** A Gantry in a process of its own. */
async function start() {
  const settings = {
    GANTRY_DATABASE_URL: database.url,
    GANTRY_DATA_DIR: dataDir,
    GANTRY_PORT: '0',
    GANTRY_CLIENT_ID: machine.clientId,
    GANTRY_CLIENT_SECRET: machine.clientSecret,
    GANTRY_LOG_LEVEL: 'fatal',
  };
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const [, url] = /running at (http:\S+)/.exec(said) ?? [];
      if (url) found(url);
    });
    child.once('exit', (code) => failed(new Error(`Gantry ended with ${code}: ${said}`)));
  });
  const post = async (path: string, body: unknown, authorization = '') => {
    const headers = { 'content-type': 'application/json', authorization };
    return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const { accessToken } = (await (await post('/v1/auth/access_token', machine)).json()) as { accessToken: string };
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    running.delete(child);
  };
  return { call: (path: string, body: unknown) => post(path, body, `Bearer ${accessToken}`), kill };
}

test('what was acknowledged is there after kill -9, whole, with its history and its facts', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const { call, kill } = await start();
    await call('/v1/blueprints', { identifier: 'node', relations: { next: { target: 'node', many: true } } });
    let isAlive = true;
    const writer = async (number: number) => {
      for (let batch = 0; isAlive; batch++) {
        const names = Array.from({ length: 20 }, (_, index) => `r${round}w${number}b${batch}i${index}`);
        const entities = names.map((identifier, index) => ({ identifier, relations: { next: names.slice(0, index) } }));
        const response = await call('/v1/blueprints/node/entities/bulk?upsert=true', { entities }).catch(() => null);
        if (response?.status === 200) for (const name of names) acknowledged.add(name);
      }
    };
    const writers = [0, 1, 2, 3].map(writer);
    const target = acknowledged.size + 400;
    while (acknowledged.size < target) await new Promise((done) => setTimeout(done, 5));
    await kill();
    isAlive = false;
    await Promise.all(writers);
  }
  const { rows } = await database.pool.query<{ identifier: string; changes: number; links: number; facts: number }>(
    `with told as (
       select name, count(*) as times from outbox, jsonb_array_elements_text(fact -> 'entities') as name
       where fact ->> 'kind' = 'entities.created' group by name
     )
     select e.identifier, coalesce(told.times, 0)::int as facts,
       (select count(*)::int from change where entity_id = e.id) as changes,
       (select count(*)::int from relation where source_id = e.id and target_id is not null) as links
     from entity e join blueprint b on b.id = e.blueprint_id and b.identifier = 'node' left join told on told.name = e.identifier`,
  );
  const stored = new Map(rows.map((row) => [row.identifier, row]));
  expect([...acknowledged].filter((name) => !stored.has(name))).toEqual([]);
  for (const { identifier, changes, links, facts } of rows) {
    const place = Number(/i(\d+)$/.exec(identifier)?.[1]);
    expect({ identifier, changes, links, facts }).toEqual({ identifier, changes: 1, links: place, facts: 1 });
  }
}, 60_000);

test('a mass deletion that was killed is finished by the next start', async () => {
  const first = await start();
  await first.call('/v1/blueprints', { identifier: 'mass' });
  for (let batch = 0; batch < 5; batch++) {
    const entities = Array.from({ length: 1000 }, (_, index) => ({ identifier: `b${batch}i${index}` }));
    await first.call('/v1/blueprints/mass/entities/bulk', { entities });
  }
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into migration (id, actor, source_blueprint, status, delete_blueprint)
     values ('m1', 'test', 'mass', 'PENDING', true) returning id`,
  );
  await database.pool.query(`select graphile_worker.add_job('blueprints.deleteAllEntities', $1::json)`, [
    JSON.stringify({ migration: rows[0]?.id }),
  ]);
  const migration = async () =>
    (await database.pool.query("select status, deleted_entities from migration where id = 'm1'")).rows[0];
  while ((await migration()).deleted_entities === 0) await new Promise((done) => setTimeout(done, 2));
  await first.kill();
  const second = await start();
  while (!['COMPLETED', 'FAILURE'].includes((await migration()).status))
    await new Promise((done) => setTimeout(done, 20));
  expect(await migration()).toEqual({ status: 'COMPLETED', deleted_entities: 5000 });
  await second.kill();
}, 60_000);
