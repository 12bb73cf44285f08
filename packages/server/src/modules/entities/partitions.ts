import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type Db, transaction } from '../../db/pool.ts';
import { scheduled } from '../../jobs/job.ts';

const MONTHS_AHEAD = 2;
const PARTITION_LOCK = 7_007_004;

/**
 * Makes the months to come of the history. What has no month of its own goes to the default partition, so nothing is
 * lost when this was late; then that month simply stays there.
 */
export async function ensurePartitions(db: Db, log: Logger, now = new Date()): Promise<void> {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1));
    const name = `change_${from.toISOString().slice(0, 7).replace('-', '_')}`;
    try {
      await makePartition(db, name, from, to);
    } catch (error) {
      log.warn({ err: error, partition: name }, 'this month of the history stays in the default partition');
    }
  }
}

async function makePartition(db: Db, name: string, from: Date, to: Date): Promise<void> {
  await transaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`.execute(trx);
    const { rows } = await sql<{ is_there: boolean }>`select to_regclass(${name}) is not null as is_there`.execute(trx);
    if (rows[0]?.is_there) return;
    const bounds = sql`from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`;
    await sql`set local lock_timeout = '5s'`.execute(trx);
    await sql`create table ${sql.table(name)} partition of change for values ${bounds}`.execute(trx);
  });
}

export function partitionJob(db: Db, log: Logger) {
  return scheduled('entities.partitions', '7 2 * * *', () => ensurePartitions(db, log));
}
