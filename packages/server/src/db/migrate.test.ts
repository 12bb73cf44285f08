import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { withDatabase } from '../../test/with-database.ts';
import { MigrationError, migrate, readMigrations } from './migrate.ts';
import { createPool } from './pool.ts';

const database = withDatabase();

function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
  return folder;
}

/** The project's own migrations (all of them run in the template), and then these. */
function ownAnd(...sql: string[]) {
  const own = readMigrations();
  const more = sql.map((text, index) => ({
    number: own.length + index + 1,
    name: `more_${index}`,
    sql: text,
    checksum: text,
  }));
  return [...own, ...more];
}

test('files run in the order of their numbers, and a gap or a misnamed file is refused', () => {
  const good = folderOf({ '0002_b.sql': 'select 2', '0001_a.sql': 'select 1', 'notes.txt': '' });
  expect(readMigrations(good).map((one) => one.name)).toEqual(['0001_a.sql', '0002_b.sql']);
  expect(() => readMigrations(folderOf({ '0001_a.sql': '', '0003_c.sql': '' }))).toThrow(MigrationError);
  expect(() => readMigrations(folderOf({ '1-a.sql': '' }))).toThrow('name it like 0001_name.sql');
});

test('line ends do not change a checksum', () => {
  const [unix] = readMigrations(folderOf({ '0001_a.sql': 'select 1;\nselect 2;\n' }));
  const [windows] = readMigrations(folderOf({ '0001_a.sql': 'select 1;\r\nselect 2;\r\n' }));
  expect(unix?.checksum).toBe(windows?.checksum);
});

test('several processes may start at once: each migration runs once; then there is nothing to do', async () => {
  const migrations = ownAnd('CREATE TABLE step (n int)', 'INSERT INTO step VALUES (1)');
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.pool, migrations)));
  expect(runs.flat()).toEqual(['more_0', 'more_1']);
  expect((await database.pool.query('SELECT n FROM step')).rows).toEqual([{ n: 1 }]);
  expect(await migrate(database.pool, migrations)).toEqual([]);
});

test('a failed migration leaves nothing, and says which it was', async () => {
  const migrations = ownAnd(
    'CREATE TABLE step (n int)',
    'INSERT INTO step VALUES (1)',
    'CREATE TABLE half (n int); SELECT 1/0',
  );
  await expect(migrate(database.pool, migrations)).rejects.toThrow(
    'Migration more_2 failed, and nothing of it was kept: division by zero',
  );
  expect((await database.pool.query("SELECT to_regclass('half') AS half")).rows).toEqual([{ half: null }]);
});

test('a database newer than the code, or of another history, is refused', async () => {
  await expect(migrate(database.pool, readMigrations())).rejects.toThrow('last used by a newer Gantry (it has more_1');
  const other = ownAnd('CREATE TABLE other (n int)', 'INSERT INTO step VALUES (1)');
  await expect(migrate(database.pool, other)).rejects.toThrow(
    "has had migration more_0, which differs from this version's more_0",
  );
});

test('a database that cannot hold every letter is refused', async () => {
  const url = new URL(database.url);
  const name = `${url.pathname.slice(1)}_ascii`;
  await database.pool.query(
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`,
  );
  const pool = createPool({ connectionString: Object.assign(url, { pathname: `/${name}` }).href }, pino());
  try {
    await expect(migrate(pool)).rejects.toThrow('keeps text as SQL_ASCII');
  } finally {
    await pool.end();
    await database.pool.query(`DROP DATABASE ${name}`);
  }
});
