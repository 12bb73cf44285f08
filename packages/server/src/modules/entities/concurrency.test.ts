import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type Answered, machine, withGantry } from '../../../test/with-gantry.ts';
import { createGantry, type Gantry } from '../../compose.ts';
import { readConfig } from '../../config.ts';

const { call, database } = withGantry();
const all = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const put = (identifier: string, rest: object = {}, query = '?upsert=true&merge=true') =>
  call('POST', `/v1/blueprints/node/entities${query}`, { identifier, ...rest });
const bulk = (entities: object[]) => call('POST', '/v1/blueprints/node/entities/bulk?upsert=true', { entities });

beforeAll(async () => {
  const properties = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, { type: 'number' }]));
  await call('POST', '/v1/blueprints', {
    identifier: 'node',
    schema: { properties },
    relations: { next: { target: 'node', many: true } },
  });
});

describe('writers at the same time', () => {
  test('of one entity take turns: nothing anybody wrote is lost', async () => {
    await put('shared');
    const answers = await all(20, (index) => put('shared', { properties: { [`p${index}`]: index } }));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const { body } = await call('GET', '/v1/blueprints/node/entities/shared');
    const expected = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, index]));
    expect(body).toMatchObject({ entity: { properties: expected } });
    const { rows } = await database.pool.query(
      "select count(*)::int as n from change c join entity e on e.id = c.entity_id where e.identifier = 'shared'",
    );
    expect(rows[0].n).toBe(21);
  });

  test('of one entity are dated in the order of their turns, however long they waited', async () => {
    await put('awaited');
    const holder = await database.pool.connect();
    try {
      await holder.query("begin; select from entity where identifier = 'awaited' for update");
      const writing = put('awaited', { properties: { p0: 1 } });
      await until(async () => (await countWaiting('for no key update')) === 1);
      const turn = Date.now();
      await holder.query('commit');
      expect(Date.parse((await writing).text('entity.updatedAt'))).toBeGreaterThanOrEqual(turn);
    } finally {
      holder.release(true);
    }
  });

  test('who create one entity: one of them does, the others are told', async () => {
    const answers = await all(10, () => put('contested', {}, ''));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  test('of overlapping batches, in any order, all succeed', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `o${index}`);
    const answers = await all(8, async (writer) => {
      const order = names.toSorted((left, right) => (hash(left, writer) < hash(right, writer) ? -1 : 1));
      return bulk(order.slice(0, 40).map((identifier) => ({ identifier, properties: { p0: writer } })));
    });
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { errors: [] } });
  });

  test('who name what others delete: either they are too late, or the name is cleared, but nothing hangs loose', async () => {
    await all(10, (index) => put(`target${index}`));
    const writes = all(10, (index) => put(`source${index}`, { relations: { next: [`target${index}`] } }));
    const deletes = all(10, (index) => call('DELETE', `/v1/blueprints/node/entities/target${index}`));
    for (const { status } of await writes) expect([201, 404]).toContain(status);
    for (const { status } of await deletes) expect(status).toBe(200);
    const { rows } = await database.pool.query(
      `select count(*)::int as n from relation r
       where not exists (select from entity e where e.id = r.source_id)
          or (r.target_id is not null and not exists (select from entity e where e.id = r.target_id))
          or r.target_id is null`,
    );
    expect(rows[0].n).toBe(0);
    const held = await all(10, (index) => call('GET', `/v1/blueprints/node/entities/source${index}`));
    for (const answer of held) if (answer.status === 200) expect(answer.at('entity.relations.next')).toEqual([]);
  });

  test('stubs that several batches want are made once', async () => {
    const answers = await all(8, (writer) =>
      call('POST', '/v1/blueprints/node/entities/bulk?create_missing_related_entities=true', {
        entities: [{ identifier: `wants${writer}`, relations: { next: ['stub1', 'stub2', 'stub3'] } }],
      }),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { errors: [] } });
    const { rows } = await database.pool.query("select identifier from entity where identifier like 'stub_'");
    expect(rows.length).toBe(3);
  });
});

describe('a name and its entity that arrive at the same moment', () => {
  const component = (name: string, spec = '') =>
    `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: service, lifecycle: new, owner: o${spec}}`;
  const sendFile = (root: string, text: string) =>
    call('POST', '/v1/imports', { root, base: root, entries: ['c.yaml'], files: [{ path: 'c.yaml', text }] });
  const early = component('early', ', dependsOn: [component:late]');
  const late = component('late');

  /** Two writes, each of which has done all but its last statement before the other one commits: neither sees the other. */
  async function missEachOther(writes: () => Promise<Answered[]>): Promise<Answered[]> {
    const holder = await database.pool.connect();
    try {
      await holder.query('begin; lock table outbox in share mode');
      const answers = writes();
      await until(async () => (await countWaiting('insert into change')) === 2);
      await holder.query('commit');
      return await answers;
    } finally {
      holder.release(true);
    }
  }

  async function targetsOfEarly() {
    const { rows } = await database.pool.query(
      `select t.identifier from relation r join entity e on e.id = r.source_id left join entity t on t.id = r.target_id
       where e.identifier = 'early' and r.target_identifier = 'late'`,
    );
    return rows.map(({ identifier }) => identifier);
  }

  beforeAll(async () => {
    // What the files need in the model is there already: what follows is about entities alone.
    const root = 'file:/first/';
    expect((await sendFile(root, component('before', ', dependsOn: [component:first]'))).status).toBe(200);
  });

  test('are connected afterwards', async () => {
    const answers = await missEachOther(() =>
      Promise.all([sendFile('file:/early/', early), sendFile('file:/late/', late)]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await until(async () => (await targetsOfEarly()).every((identifier) => identifier === 'late'));
    expect(await targetsOfEarly()).toEqual(['late']);
  });
});

describe('several processes on one database', () => {
  let other: Gantry | undefined;
  afterAll(() => other?.close());

  test('agree on the model from one call to the next', async () => {
    const config = readConfig(
      { GANTRY_DATABASE_URL: database.url, GANTRY_DATA_DIR: temporaryFolder() },
      '/nonexistent',
    );
    other = await createGantry(config, pino({ level: 'silent' }));
    const token = await other.app.inject({ method: 'POST', url: '/v1/auth/access_token', payload: machine });
    const authorization = `Bearer ${token.json().accessToken}`;
    const elsewhere = async (url: string, payload: object) =>
      (await other?.app.inject({ method: 'POST', url, payload, headers: { authorization } }))?.statusCode;
    for (let round = 0; round < 5; round++) {
      const identifier = `round${round}`;
      const schema = (key: string) => ({ identifier, schema: { properties: { [key]: { type: 'string' } } } });
      await call('POST', '/v1/blueprints', schema('old'));
      const path = `/v1/blueprints/${identifier}/entities`;
      expect(await elsewhere(path, { identifier: 'e1', properties: { old: 'x' } })).toBe(201);
      await call('PUT', `/v1/blueprints/${identifier}`, schema('new'));
      expect(await elsewhere(path, { identifier: 'e2', properties: { old: 'x' } })).toBe(422);
      expect(await elsewhere(path, { identifier: 'e3', properties: { new: 'x' } })).toBe(201);
    }
  });
});

/** Puts names in an order of its own for each writer. */
function hash(name: string, seed: number): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 10_007, seed + 7);
}

/** Waits for what is to happen; the test's own time limit ends a wait in vain. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(10);
}

/** How many statements that hold this text are waiting for a lock. */
async function countWaiting(text: string): Promise<number> {
  const { rows } = await database.pool.query(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and strpos(query, $1) > 0`,
    [text],
  );
  return rows[0].n;
}
