import { setTimeout as pause } from 'node:timers/promises';
import { type IsolationLevel, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Db, Trx } from './queries.ts';
import type { Schema } from './schema.ts';
import { namingStatements } from './statement.ts';

export type { Db, Queries, Trx } from './queries.ts';

/** A pool for `connection`, which never brings the process down: a connection that breaks is logged and replaced. */
export function createPool(connection: pg.PoolConfig, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    application_name: 'gantry',
    max: 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...connection,
  });
  const onLost = (error: Error) => {
    // While stopping, the server may be quicker than the farewell of a connection.
    if (!pool.ending) log.warn({ err: error }, 'lost a connection to the database');
  };
  pool.on('error', onLost);
  // Broken while in use: the query at hand fails and tells its caller; without a listener the process would end as well.
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}

export function createKysely(pool: pg.Pool): Db {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: namingStatements(pool) }) });
}

const mostAttempts = 6;
const serializationFailure = '40001';
const deadlockDetected = '40P01';

/**
 * Runs `work` in a transaction, and runs it again from its beginning when PostgreSQL asks for that (serialization failure, deadlock).
 * So `work` must do nothing but queries; what follows from them comes after the commit.
 */
export async function transaction<Result>(
  db: Db,
  work: (trx: Trx) => Promise<Result>,
  isolation: IsolationLevel = 'read committed',
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt === mostAttempts || !isWorthRepeating(error)) throw error;
      // A little longer each time, and not all the losers of one race at once.
      await pause(2 ** attempt * (1 + Math.random() * 4));
    }
  }
}

function isWorthRepeating(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === serializationFailure || error.code === deadlockDetected);
}
