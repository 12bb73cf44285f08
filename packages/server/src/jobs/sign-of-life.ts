import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** An arbitrary number that every Gantry agrees on. */
const lockClass = 7_007_002;

/**
 * Shows the other processes that this one is at work under `worker`, the name that jobs are marked with: by a lock that PostgreSQL
 * holds for as long as the connection lives, and not a moment longer when the process is killed.
 * @returns ends it
 */
export function showSignOfLife(pool: pg.Pool, worker: string): () => Promise<void> {
  let isOver = false;
  let client: pg.Client;
  const hold = async () => {
    while (!isOver) {
      client = new pg.Client(pool.options);
      try {
        await holdUntilBroken(client, worker);
      } catch {
        await pause(1000); // The database is away; the pool logs it.
      }
    }
  };
  const held = hold();
  return async () => {
    isOver = true;
    await client.end().catch(() => {});
    await held;
  };
}

async function holdUntilBroken(client: pg.Client, worker: string): Promise<void> {
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => {}); // Followed by 'end'.
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [lockClass, worker]);
  await ended;
}

/**
 * Sets free the jobs that are marked as being worked on by a process that is no more, so that they are done now and not, as the queue
 * has it by itself, after four hours.
 */
export async function freeAbandoned(pool: pg.Pool): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(worker))
     FROM (SELECT DISTINCT locked_by AS worker FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL) AS busy
     WHERE NOT EXISTS (
       SELECT FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1 AND objid = hashtext(worker)::oid
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     HAVING count(*) > 0`,
    [lockClass],
  );
}
