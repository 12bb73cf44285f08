import { sql } from 'kysely';
import type { Db } from '../../db/pool.ts';
import { type JobHandler, scheduled } from '../../jobs/job.ts';

const BATCH = 5000;

/** Every night, entries that have been kept for `days` go, a few thousand at a time. */
export function retentionJob(db: Db, days: number): JobHandler {
  return scheduled('audit.retention', '37 3 * * *', async ({ signal }) => {
    while ((await forget(db, days)) === BATCH) signal.throwIfAborted();
  });
}

/** @returns how many entries are gone, 5000 at most */
export async function forget(db: Db, days: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from audit where id in (
      select id from audit where at < now() - make_interval(days => ${days}) order by at limit ${BATCH}
    )`.execute(db);
  return Number(numAffectedRows);
}
