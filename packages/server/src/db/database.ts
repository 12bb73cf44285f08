import pg from 'pg';
import type { Logger } from 'pino';
import { CannotStart } from '../cannot-start.ts';
import type { Config } from '../config.ts';
import { EmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { createKysely, createPool, type Db } from './pool.ts';

/** The open database, migrated. */
export interface Database {
  readonly pool: pg.Pool;
  readonly db: Db;
  /** How other sessions reach it, for example the one of the job queue. */
  readonly connection: pg.PoolConfig;
  close(): Promise<void>;
}

/**
 * Opens the database of the settings, their own or the embedded one, and brings it up to date.
 * @throws EmbeddedPostgresError, MigrationError, DatabaseUnreachable: each with a message for the person who starts Gantry
 */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, log: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    await checkReachable(config.databaseUrl);
    return openMigrated({ connectionString: config.databaseUrl }, log, async () => {});
  }
  const embedded = await EmbeddedPostgres.start({ dataDir: config.dataDir, log });
  try {
    await makeDatabase(embedded.connection);
    return await openMigrated(embedded.connection, log, () => embedded.stop());
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function openMigrated(connection: pg.PoolConfig, log: Logger, stop: () => Promise<void>): Promise<Database> {
  const pool = createPool(connection, log);
  const db = createKysely(pool);
  const close = async () => {
    await pool.end();
    await stop();
  };
  try {
    const run = await migrate(pool);
    if (run.length > 0) log.info({ migrations: run }, 'brought the database up to date');
    return { pool, db, connection, close };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function makeDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [connection.database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(connection.database)}`);
  } finally {
    await client.end();
  }
}

/** GANTRY_DATABASE_URL leads nowhere. */
class DatabaseUnreachable extends CannotStart {
  override readonly name = 'DatabaseUnreachable';
}

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new DatabaseUnreachable(
      `The database of GANTRY_DATABASE_URL (${pathname.slice(1)} at ${host}) cannot be opened: ${describe(error)}. ` +
        'Check address, user, password and that the database exists; or unset GANTRY_DATABASE_URL to use the embedded one.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** A refused connection to a name with several addresses is an AggregateError without words of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
