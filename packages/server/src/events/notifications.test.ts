import pg from 'pg';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { withDatabase } from '../../test/with-database.ts';
import { MODEL_CHANNEL, Notifications } from './notifications.ts';

const database = withDatabase();
const log = pino({ level: 'silent' });
let notifications: Notifications | undefined;

afterAll(() => notifications?.stop());

/** Speaks to the server from outside the database that the test shuts. */
async function outside(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(database.url), { pathname: '/postgres' }).href,
  });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const name = () => new URL(database.url).pathname.slice(1);
const sessions = async () => {
  const { rows } = await outside(
    `select count(*)::int as n from pg_stat_activity where datname = '${name()}' and application_name = 'gantry listener'`,
  );
  return rows[0].n;
};

test('after an outage one session listens again, and whoever hears is called, for words may have been missed', async () => {
  notifications = new Notifications({ connectionString: database.url }, log);
  await notifications.start();
  const called = () =>
    new Promise<void>((resolve) => {
      const stop = notifications?.on(MODEL_CHANNEL, () => {
        stop?.();
        resolve();
      });
    });
  const word = called();
  await database.pool.query(`select pg_notify('${MODEL_CHANNEL}', '')`);
  await word;
  expect(await notifications.holds(42)).toBe(true);

  await outside(`alter database ${name()} with allow_connections false`);
  const back = called();
  await outside(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`);
  // Long enough for several attempts that fail: each of them must not leave another one behind.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await sessions()).toBe(0);
  await outside(`alter database ${name()} with allow_connections true`);
  await back;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(await sessions()).toBe(1);
  expect(await notifications.holds(42)).toBe(true);
});
