import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connectionOf, type RunningGantry } from '../tests/running-gantry.ts';

/** Sessions of our own with the embedded database of a Gantry. */
export function poolOf(gantry: RunningGantry, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connectionOf(gantry.dataDir), max, application_name: 'gantry bench' });
  // Gantry stops its database without waiting for our sessions to say goodbye.
  pool.on('error', () => {});
  return pool;
}

/** A listener is behind when there are facts after its place; who has never heard one has no place. */
const restQuery = `
  select not exists (select from outbox join listener_position on (txid, id) > (last_tx, last_id))
     and not exists (select from graphile_worker.jobs where run_at <= now() and attempts < max_attempts) as "isAtRest",
     (select count(*)::int from entity) as entities`;

const patienceMs = 300_000;

/**
 * Waits until nothing is left to do: every fact has been heard and every job has run.
 * @returns how many entities there are then
 */
export async function waitForRest(pool: pg.Pool): Promise<number> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await pause(5)) {
    const { rows } = await pool.query<{ isAtRest: boolean; entities: number }>(restQuery);
    if (rows[0]?.isAtRest) return rows[0].entities;
  }
  throw new Error(`After ${patienceMs / 1000} s there are still facts unheard or jobs undone.`);
}

/** Takes the whole catalog away, but for its model. */
export async function emptyCatalog(pool: pg.Pool): Promise<void> {
  await waitForRest(pool);
  await pool.query('truncate entity, relation, change, sighting, former_identifier, outbox');
  await pool.query('checkpoint');
}
