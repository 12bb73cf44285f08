import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { ConfigError, readConfig, settings } from './config.ts';

function folderWith(yaml: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'gantry.yaml'), yaml);
  return folder;
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

test('with nothing set, every default applies and the data folder is absolute', () => {
  const config = readConfig({}, '/srv/portal');
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 7007,
    dataDir: '/srv/portal/.gantry',
    databaseUrl: undefined,
  });
  expect(config).toMatchObject({ refreshMinutes: 60, missingEntities: 'ask', allowHosts: [], logLevel: 'info' });
});

test('the environment wins over gantry.yaml, and an empty variable counts as unset', () => {
  const folder = folderWith(
    'port: 8000\ncatalog:\n  missing: trash\n  allowHosts: [git.internal]\nadmin: {email: Ada@Example.com}',
  );
  const config = readConfig({ GANTRY_PORT: '9000', GANTRY_ADMIN_EMAIL: '' }, folder);
  expect(config).toMatchObject({ port: 9000, missingEntities: 'trash', adminEmail: 'ada@example.com' });
  expect(config.allowHosts).toEqual(['git.internal']);
});

test('every problem is reported at once, with the name, the reason and the remedy', () => {
  const folder = folderWith('refreshMinutes: 5\ncatalog: {missing: burn}\n');
  const env = { GANTRY_PORT: 'http', GANTRY_BASE_URL: 'portal', GANTRY_CLIENT_ID: 'me' };
  expect(problemsOf(() => readConfig(env, folder))).toEqual([
    expect.stringMatching(/^refreshMinutes in gantry.yaml is not a setting: use .*catalog.refreshMinutes/),
    'GANTRY_PORT is not a whole number in range: write a whole number from 0 to 65535.',
    'GANTRY_BASE_URL is not a usable URL: write one like https://portal.example.com.',
    'catalog.missing in gantry.yaml is not a known choice: write one of ask, trash.',
    'GANTRY_CLIENT_SECRET is unset while GANTRY_CLIENT_ID is set: set both or neither.',
  ]);
});

test('a file that is not YAML is reported, not thrown', () => {
  expect(problemsOf(() => readConfig({}, folderWith('port: [1')))[0]).toMatch(
    /^gantry.yaml is not valid YAML: .*line 1/,
  );
});

test('a secret never appears in a problem', () => {
  const env = { GANTRY_DATABASE_URL: 'mysql://root:hunter2@db/x', GANTRY_CLIENT_SECRET: 'hunter2' };
  expect(problemsOf(() => readConfig(env, '/')).join()).not.toContain('hunter2');
});

test('the guide lists the same settings, with the same defaults and sentences', () => {
  const guide = readFileSync(new URL('../../../docs/guide/configuration.md', import.meta.url), 'utf8');
  const rows = Object.values(settings).map(
    (one) => `| \`${one.env}\` | \`${one.path}\` | ${one.byDefault} | ${one.sentence} |`,
  );
  const listed = guide.split('\n').filter((line) => line.startsWith('| `GANTRY_'));
  expect(listed.map((line) => line.replaceAll(/ +/g, ' '))).toEqual(rows);
});
