import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { EmbeddedPostgres } from '../src/db/embedded/embedded-postgres.ts';
import { migrate } from '../src/db/migrate.ts';
import { createPool } from '../src/db/pool.ts';
import { prepareQueue } from '../src/jobs/queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that holds the tests' databases, as a URL of its maintenance database. */
    testServer: string;
    /** The migrated database that each test file's own one is copied from. */
    templateDatabase: string;
  }
}

/** One PostgreSQL for the whole run: the embedded one in a temporary folder, or the one of GANTRY_TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.GANTRY_TEST_DATABASE_URL;
  const { url, stop } = external ? { url: external, stop: async () => {} } : await startEmbedded();
  const template = `gantry_template_${process.pid}`;
  await makeTemplate(url, template);
  project.provide('testServer', url);
  project.provide('templateDatabase', template);
  return async () => {
    await execute(url, `DROP DATABASE ${template}`);
    await stop();
  };
}

async function startEmbedded() {
  const dataDir = mkdtempSync(join(tmpdir(), 'gantry-test-'));
  // Nothing here outlives the run, so nothing has to survive a power cut.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };
  const postgres = await EmbeddedPostgres.start({ dataDir, settings, log: pino({ level: 'warn' }) });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const { host, port, user, password } = postgres.connection;
  return { url: `postgres://${user}:${password}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`, stop };
}

async function makeTemplate(server: string, name: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${name}`);
  const log = pino({ level: 'warn' });
  const pool = createPool({ connectionString: databaseUrl(server, name) }, log);
  await migrate(pool);
  await prepareQueue(pool, log);
  await pool.end();
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
