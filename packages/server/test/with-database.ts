import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, inject } from 'vitest';
import { createKysely, createPool, type Db } from '../src/db/pool.ts';

/** A test file's own database, a fresh copy of the migrated template. Filled in before the first test runs. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Db;
}

/**
 * Gives the test file (or `describe` block) that calls it a database of its own.
 * @example const database = withDatabase(); test('…', async () => { await database.db.selectFrom('entity')… });
 */
export function withDatabase(): TestDatabase {
  const name = `gantry_test_${randomBytes(8).toString('hex')}`;
  const server = inject('testServer');
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  let pool: pg.Pool | undefined;
  let db: Db | undefined;

  beforeAll(async () => {
    await execute(server, `CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`);
    pool = createPool({ connectionString: url }, pino({ level: 'silent' }));
    db = createKysely(pool);
  });
  afterAll(async () => {
    await pool?.end();
    await execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  return {
    url,
    get pool() {
      return ready(pool);
    },
    get db() {
      return ready(db);
    },
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The test database is there from `beforeAll` on: use it inside a test or a hook.');
  return value;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
