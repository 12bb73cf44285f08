import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { CannotStart } from '../cannot-start.ts';

/** One step of the schema: migrations/0001_name.sql. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** Of the text with its line ends made equal, for Git may change those. */
  readonly checksum: string;
}

/** The database cannot be used by this version of Gantry; the message says why and what to do. */
export class MigrationError extends CannotStart {
  override readonly name = 'MigrationError';
}

const ownMigrations = fileURLToPath(new URL('./migrations/', import.meta.url));
const oldestServer = 150_000;
/** An arbitrary number that every Gantry agrees on: one of them migrates a database at a time. */
const migrationLock = 7_007_001;

/** Reads and checks the migrations of a folder. @throws MigrationError on a gap, a duplicate or a misnamed file */
export function readMigrations(folder: string = ownMigrations): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (number !== index + 1) {
      throw new MigrationError(
        `Migration ${name} should be number ${index + 1}: name it like 0001_name.sql, without gaps.`,
      );
    }
    const sql = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n');
    return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings the database up to date: runs, in order and each in its own transaction, the migrations it has not had. Safe when several
 * processes start at once: one works, the others wait. There is no way back but a backup.
 * @returns the names of the migrations that were run
 * @throws MigrationError when the server is too old, or the database newer than this Gantry or of a different history
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  const client = await pool.connect();
  try {
    await checkServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const done = await readDone(client);
    checkHistory(done, migrations);
    const pending = migrations.slice(done.length);
    for (const migration of pending) await run(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // Ends the session, and with it the lock, whatever state a failure has left it in.
    client.release(true);
  }
}

async function checkServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
            current_setting('server_encoding') AS encoding`,
  );
  for (const { number, version, encoding } of rows) {
    if (number < oldestServer) {
      throw new MigrationError(
        `The database is PostgreSQL ${version}; Gantry needs 15 or newer. Upgrade it, or unset GANTRY_DATABASE_URL to use the embedded one.`,
      );
    }
    if (encoding !== 'UTF8') {
      throw new MigrationError(
        `The database keeps text as ${encoding}, which cannot hold every letter. Make one for Gantry with ` +
          "CREATE DATABASE gantry TEMPLATE template0 ENCODING 'UTF8', and name it in GANTRY_DATABASE_URL.",
      );
    }
  }
}

interface Done {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

async function readDone(client: pg.PoolClient): Promise<Done[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS gantry_migration (
    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  return (await client.query<Done>('SELECT number, name, checksum FROM gantry_migration ORDER BY number')).rows;
}

function checkHistory(done: readonly Done[], migrations: readonly Migration[]): void {
  if (done.length > migrations.length) {
    throw new MigrationError(
      `The database was last used by a newer Gantry (it has ${done.at(-1)?.name}; this version ends at ${migrations.at(-1)?.name ?? 'none'}). ` +
        'Start that version or a newer one, or restore a backup taken before the upgrade.',
    );
  }
  for (const { name, checksum, number } of done) {
    const own = migrations[number - 1];
    if (own?.checksum === checksum) continue;
    throw new MigrationError(
      `The database has had migration ${name}, which differs from this version's ${own?.name}. Migrations that have run must never be changed: ` +
        'restore the file and add a new migration, or start with an empty database.',
    );
  }
}

async function run(client: pg.PoolClient, { number, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO gantry_migration (number, name, checksum) VALUES ($1, $2, $3)', [
      number,
      name,
      checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    throw new MigrationError(
      `Migration ${name} failed, and nothing of it was kept: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
}
