import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';

const log = pino({ level: 'silent' });
const isRoot = process.getuid?.() === 0;

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await EmbeddedPostgres.start({ dataDir, log, settings: { shared_buffers: '16MB' } });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client({ ...postgres.connection, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** Asks again until the server answers: it may be on its way back. */
async function queryPatiently(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  for (;;) {
    try {
      return await query(postgres, text);
    } catch {
      await pause(20);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('what was written is there after a stop and a start, and so is UTF-8, durability and the extensions', async () => {
  const dataDir = join(temporaryFolder(), 'not yet there', 'data');
  const first = await start(dataDir);
  await query(first, "CREATE TABLE word AS SELECT 'Grüße 🚢' AS text");
  await query(first, 'CREATE EXTENSION pg_trgm');
  await query(first, 'CREATE EXTENSION btree_gin');
  await first.stop();
  const second = await start(dataDir);
  expect(await query(second, 'SELECT text FROM word')).toEqual(['Grüße 🚢']);
  expect(
    await query(
      second,
      "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')",
    ),
  ).toEqual(['on', 'on', 'on']);
  expect(await query(second, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'")).toEqual(['C.UTF-8']);
});

test('the password is needed, and only its owner can read it', async () => {
  const dataDir = temporaryFolder();
  const postgres = await start(dataDir);
  expect(statSync(join(dataDir, 'postgres.json')).mode & 0o077).toBe(0);
  const stranger = new pg.Client({ ...postgres.connection, database: 'postgres', password: 'guess' });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
});

test('a second Gantry on the same folder is refused by name, and the first one goes on', async () => {
  const dataDir = temporaryFolder();
  const first = await start(dataDir);
  await expect(start(dataDir)).rejects.toThrow(
    new RegExp(
      `Another Gantry \\(process ${process.pid}, started .*\\) is using the data folder ${dataDir}. Stop it first \\(kill ${process.pid}\\), or .* GANTRY_DATA_DIR`,
    ),
  );
  expect(await query(first, 'SELECT 1')).toEqual([1]);
});

test('killed, the server comes back by itself with every committed row', async () => {
  const postgres = await start(temporaryFolder());
  await query(postgres, 'CREATE TABLE row AS SELECT 7 AS n');
  const killed = postgres.pid;
  process.kill(Number(killed), 'SIGKILL');
  expect(await queryPatiently(postgres, 'SELECT n FROM row')).toEqual([7]);
  expect(postgres.pid).not.toBe(killed);
});

test('a server stopped while it is being brought back stays stopped', async () => {
  const dataDir = temporaryFolder();
  const postgres = await start(dataDir);
  process.kill(Number(postgres.pid), 'SIGKILL');
  await pause(5);
  await postgres.stop();
  expect(postgres.pid).toBeUndefined();
  const again = await start(dataDir);
  expect(await query(again, 'SELECT 1')).toEqual([1]);
});

test('a pid file that names a stranger does not keep the server from starting, nor does it hurt the stranger', async () => {
  const dataDir = temporaryFolder();
  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.ppid}\n/elsewhere\n1\n5432\n\n\n1 1\nready\n`);
  const postgres = await start(dataDir);
  expect(await query(postgres, 'SELECT 1')).toEqual([1]);
  expect(isAlive(process.ppid)).toBe(true);
});

test('what an interrupted set-up left is thrown away', async () => {
  const dataDir = temporaryFolder();
  mkdirSync(join(dataDir, 'postgres.new'));
  writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18');
  const postgres = await start(dataDir);
  expect(await query(postgres, 'SELECT 1')).toEqual([1]);
});

test.runIf(isRoot)(
  'started by root, it runs as another user, even below a folder that only root may enter',
  async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    const dataDir = join(folder, 'data');
    const postgres = await start(dataDir);
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
    expect(readFileSync(`/proc/${postgres.pid}/status`, 'utf8')).not.toMatch(/^Uid:.*\b0\b/m);
    await query(postgres, 'CREATE TABLE row AS SELECT 7 AS n');
    process.kill(Number(postgres.pid), 'SIGKILL');
    expect(await queryPatiently(postgres, 'SELECT n FROM row')).toEqual([7]);
  },
);

test('a file in the way, a lost password file and damaged files are each told apart', async () => {
  const dataDir = temporaryFolder();
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  await expect(start(join(file, 'data'))).rejects.toThrow('cannot be used as a data folder: a file is in the way');

  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, 'postgres', 'global', 'pg_control'), 'not what it was');
  await expect(start(dataDir)).rejects.toThrow(/did not start: .*damaged.*Restore a backup/s);
  writeFileSync(join(dataDir, 'postgres.json'), '');
  await expect(start(dataDir)).rejects.toThrow(
    'which holds the password of the embedded PostgreSQL, is missing or broken',
  );
});
