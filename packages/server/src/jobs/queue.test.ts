import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/with-database.ts';
import { transaction } from '../db/pool.ts';
import { addJob, handles, jobKind } from './job.ts';
import { startQueue } from './queue.ts';
import { freeAbandoned, showSignOfLife } from './sign-of-life.ts';

const greet = jobKind<{ name: string }>('test.greet');
const log = pino({ level: 'silent' });
const database = withDatabase();

function start(run: (payload: { name: string }) => Promise<void>) {
  return startQueue({ pool: database.pool, handlers: [handles(greet, run)], log });
}

test('a job runs with its payload, once its transaction has committed', async () => {
  const greeted = new EventEmitter();
  const queue = await start(async ({ name }) => void greeted.emit('name', name));
  const first = once(greeted, 'name');
  await expect(
    transaction(database.db, async (trx) => {
      await addJob(trx, greet, { name: 'rolled back' });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await transaction(database.db, (trx) => addJob(trx, greet, { name: 'Ada' }));
  expect(await first).toEqual(['Ada']);
  await queue.stop();
});

test('of two waiting jobs with one key, the later one runs', async () => {
  const names: string[] = [];
  await addJob(database.db, greet, { name: 'old' }, { key: 'k' });
  await addJob(database.db, greet, { name: 'new' }, { key: 'k' });
  const greeted = new EventEmitter();
  const done = once(greeted, 'end');
  await addJob(database.db, greet, { name: 'end' }, { priority: 10 });
  const queue = await start(async ({ name }) => {
    names.push(name);
    if (name === 'end') greeted.emit('end');
  });
  await done;
  await queue.stop();
  expect(names).toEqual(['new', 'end']);
});

test('a job that a killed process held is done by the next start', async () => {
  await addJob(database.db, greet, { name: 'Bob' });
  await database.pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = now(), attempts = 1",
  );
  const greeted = new EventEmitter();
  const name = once(greeted, 'name');
  const queue = await start(async (payload) => void greeted.emit('name', payload.name));
  expect(await name).toEqual(['Bob']);
  await queue.stop();
});

test('a job that another living process is at is left to it', async () => {
  const endSign = showSignOfLife(database.pool, 'neighbour');
  await addJob(database.db, greet, { name: 'Di' });
  await database.pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'neighbour', locked_at = now(), attempts = 1",
  );
  const busy = async () => (await database.pool.query('SELECT locked_by FROM graphile_worker._private_jobs')).rows;
  while (!(await isShown(database.pool))) await pause(10);
  await freeAbandoned(database.pool);
  expect(await busy()).toEqual([{ locked_by: 'neighbour' }]);
  await endSign();
  while (await isShown(database.pool)) await pause(10);
  await freeAbandoned(database.pool);
  expect(await busy()).toEqual([{ locked_by: null }]);
  await database.pool.query('DELETE FROM graphile_worker._private_jobs');
});

async function isShown(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  return rowCount !== 0;
}

test('a failed job is kept, with the reason, and tried again', async () => {
  const attempts = new EventEmitter();
  const first = once(attempts, 'attempt');
  const queue = await start(async () => {
    attempts.emit('attempt');
    throw new Error('not today');
  });
  await addJob(database.db, greet, { name: 'Cy' });
  await first;
  const kept = () =>
    database.pool.query(
      'SELECT last_error, run_at > now() AS later FROM graphile_worker.jobs WHERE task_identifier = $1',
      [greet.name],
    );
  while ((await kept()).rows[0].last_error === null) await pause(10);
  expect((await kept()).rows).toEqual([{ last_error: 'not today', later: true }]);
  await queue.stop();
});
