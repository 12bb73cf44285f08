import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { lastingFolder } from '../../../test/temporary-folder.ts';
import { withDatabase } from '../../../test/with-database.ts';
import { withGantry } from '../../../test/with-gantry.ts';
import { createGantry } from '../../compose.ts';
import { readConfig } from '../../config.ts';
import { KeyRing } from './key-ring.ts';

const root = '/v1/organization/secrets';
const rotate = '/v1/organization/secrets-key/rotate';
const newKey = () => randomBytes(32).toString('base64');

describe('secrets', () => {
  const dataDir = lastingFolder();
  const door = withGantry({ GANTRY_DATA_DIR: dataDir });
  const { call } = door;

  test('are kept, described, replaced and deleted, and never answered', async () => {
    const body = { secretName: 'NPM-token_1', secretValue: 'npm_verysecret', description: 'For the registry' };
    const made = await call('POST', root, body);
    const shown = {
      secretName: 'NPM-token_1',
      description: 'For the registry',
      readable: true,
      createdAt: expect.stringMatching(/Z$/),
      createdBy: 'test-machine',
      updatedAt: expect.stringMatching(/Z$/),
      updatedBy: 'test-machine',
    };
    expect(made).toMatchObject({ status: 201, body: { ok: true, secret: shown } });
    expect((await call('GET', `${root}/NPM-token_1`)).body).toEqual({ ok: true, secret: shown });
    expect((await call('GET', root)).body).toEqual({ ok: true, secrets: [shown] });
    const cleared = await call('PATCH', `${root}/NPM-token_1`, { secretValue: 'npm_anothersecret', description: '' });
    expect(cleared.status).toBe(200);
    expect(cleared.object('secret')).not.toHaveProperty('description');
    expect((await call('DELETE', `${root}/NPM-token_1`)).body).toEqual({ ok: true });
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const answer = await call(method, `${root}/NPM-token_1`, method === 'PATCH' ? {} : undefined);
      expect(answer, method).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
    }
  });

  test('what is wrong is told at once, without quoting the value', async () => {
    const bad = { secretName: 'no spaces', secretValue: 17, description: 'd'.repeat(201), extra: 'hush-hush' };
    const answer = await call('POST', root, bad);
    expect(answer.status).toBe(422);
    expect(
      answer
        .list('problems')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['description', 'extra', 'secretName', 'secretValue']);
    expect(JSON.stringify(answer.body)).not.toContain('hush-hush');
    expect((await call('POST', root, { secretName: 'A', secretValue: '' })).status).toBe(422);
    await call('POST', root, { secretName: 'A', secretValue: 'a' });
    const again = await call('POST', root, { secretName: 'A', secretValue: 'b' });
    expect(again).toMatchObject({ status: 409, body: { error: 'already_exists' } });
  });

  test('a value is in no table, no answer and no entry, and the key is not in the database', async () => {
    const value = 'a-value-like-no-other';
    await call('POST', root, { secretName: 'hidden', secretValue: 'first', description: 'd' });
    await call('PATCH', `${root}/hidden`, { secretValue: value });
    await call('POST', root, { secretName: 'hidden', secretValue: value });
    await call('PATCH', `${root}/hidden`, { secretValue: value, unknown: value });
    const everything = await contentOf(door.database.pool);
    expect(everything).toContain('hidden');
    const key = keyLines(join(dataDir, 'secrets.key'))[0] ?? '';
    for (const secret of [value, Buffer.from(value).toString('hex'), key, Buffer.from(key, 'base64').toString('hex')]) {
      expect(everything).not.toContain(secret);
    }
    const log = await call('GET', '/v1/audit-log?object=hidden');
    expect(log.list('audits').map(({ diff, message }) => ({ diff, message }))).toEqual([
      {
        diff: { before: { description: 'd', version: 1 }, after: { description: 'd', version: 2 } },
        message: 'The value was replaced.',
      },
      { diff: { before: null, after: { description: 'd', version: 1 } } },
    ]);
  });

  test('the key is made at the first start, for its owner alone', () => {
    const path = join(dataDir, 'secrets.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(keyLines(path)).toHaveLength(1);
  });

  test('rotation makes a key, seals everything with it, and keeps the old one to read with', async () => {
    for (let number = 0; number < 450; number++) {
      const row = { secretName: `many-${number}`, secretValue: `value ${number}` };
      expect((await call('POST', root, row)).status).toBe(201);
    }
    const before = await sealed(door.database.pool);
    const { updatedAt } = (await call('GET', `${root}/many-7`)).object('secret');
    const answer = await call('POST', rotate);
    expect(answer.object('rotation')).toMatchObject({ made: true, reencrypted: before.length, unreadable: [] });
    const path = join(dataDir, 'secrets.key');
    expect(keyLines(path)).toHaveLength(2);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const after = await sealed(door.database.pool);
    expect(new Set(after.map(({ key_id }) => key_id))).toEqual(new Set([answer.text('rotation.key')]));
    expect(after.every(({ nonce }, index) => !nonce.equals(before[index]?.nonce ?? nonce))).toBe(true);
    expect((await call('GET', `${root}/many-7`)).at('secret.updatedAt')).toBe(updatedAt);
    const ring = new KeyRing(keyLines(path).map((line) => Buffer.from(line, 'base64')));
    const seven = after.find(({ name }) => name === 'many-7');
    if (!seven) throw new Error('many-7 is gone');
    expect(ring.open({ keyId: seven.key_id, nonce: seven.nonce, sealed: seven.sealed }, seven)).toBe('value 7');
  });

  test('a row that was tampered with, or put in the place of another, stops the rotation', async () => {
    const { pool } = door.database;
    await pool.query(
      `update secret set sealed = other.sealed, nonce = other.nonce from secret other
       where secret.name = 'many-1' and other.name = 'many-2'`,
    );
    const answer = await call('POST', rotate);
    expect(answer).toMatchObject({ status: 503, body: { message: expect.stringContaining('`many-1`') } });
    await call('PATCH', `${root}/many-1`, { secretValue: 'anew' });
    expect((await call('POST', rotate)).status).toBe(200);
  });

  test('a lost key is said at use with what to do, and values can be set anew', async () => {
    const path = join(dataDir, 'secrets.key');
    const keys = readFileSync(path, 'utf8');
    writeFileSync(path, 'garbage');
    const refused = await call('POST', root, { secretName: 'B', secretValue: 'b' });
    expect(refused).toMatchObject({ status: 503, body: { message: expect.stringMatching(/Bring it back/) } });
    expect((await call('GET', `${root}/A`)).at('secret.readable')).toBe(false);
    expect((await call('POST', rotate)).status).toBe(503);
    writeFileSync(path, newKey());
    expect((await call('GET', `${root}/A`)).at('secret.readable')).toBe(false);
    expect((await call('PATCH', `${root}/A`, { secretValue: 'anew' })).at('secret.readable')).toBe(true);
    expect((await call('POST', rotate)).at('rotation.unreadable')).toContain('many-7');
    writeFileSync(path, `${readFileSync(path, 'utf8')}${keys}`);
    expect((await call('GET', `${root}/many-7`)).at('secret.readable')).toBe(true);
    expect((await call('POST', rotate)).at('rotation.unreadable')).toEqual([]);
  });
});

describe('keys from the settings', () => {
  const database = withDatabase();
  const dataDir = lastingFolder();

  /** Starts a Gantry with these settings, lets `work` call it, and answers what it logged. */
  async function during(
    settings: Record<string, string>,
    work: (call: (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>) => Promise<void>,
  ): Promise<string> {
    const lines: string[] = [];
    const config = { GANTRY_DATABASE_URL: database.url, GANTRY_DATA_DIR: dataDir, ...settings };
    const machine = { GANTRY_CLIENT_ID: 'm', GANTRY_CLIENT_SECRET: 's' };
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const gantry = await createGantry(readConfig({ ...machine, ...config }, '/nonexistent'), log);
    try {
      const credential = { clientId: 'm', clientSecret: 's' };
      const token = await gantry.app.inject({ method: 'POST', url: '/v1/auth/access_token', payload: credential });
      const headers = { authorization: `Bearer ${token.json().accessToken}` };
      await work(async (method, url, payload) =>
        (await gantry.app.inject({ method, url, headers, ...(payload && { payload }) })).json(),
      );
    } finally {
      await gantry.close();
    }
    return lines.join('');
  }

  const [old, young] = [newKey(), newKey()];

  test('the first one seals, the others read; no file is made', async () => {
    await during({ GANTRY_SECRETS_KEY: old }, async (call) => {
      await call('POST', root, { secretName: 'S', secretValue: 'v' });
    });
    await during({ GANTRY_SECRETS_KEY: `${young},${old}` }, async (call) => {
      expect(await call('GET', `${root}/S`)).toMatchObject({ secret: { readable: true } });
      expect(await call('POST', rotate)).toMatchObject({ rotation: { made: false, reencrypted: 1 } });
    });
    await during({ GANTRY_SECRETS_KEY: young }, async (call) => {
      expect(await call('GET', `${root}/S`)).toMatchObject({ secret: { readable: true } });
    });
    expect(existsSync(join(dataDir, 'secrets.key'))).toBe(false);
  });

  test('another key than the one that sealed is warned of at start, and stops nothing', async () => {
    const path = join(dataDir, 'keys');
    writeFileSync(path, `# ours\n${old}\n`);
    const log = await during({ GANTRY_SECRETS_KEY_FILE: path }, async (call) => {
      expect(await call('GET', root)).toMatchObject({ secrets: [{ secretName: 'S', readable: false }] });
    });
    expect(log).toMatch(/1 of the secrets cannot be read/);
    expect(log).not.toContain(old);
  });

  test('on a database of your own, the start says which setting several processes need', async () => {
    const log = await during({}, async () => {});
    expect(log).toMatch(/same key.*GANTRY_SECRETS_KEY_FILE or GANTRY_SECRETS_KEY/);
  });

  test('a file that is not there stops nothing either', async () => {
    const log = await during({ GANTRY_SECRETS_KEY_FILE: join(dataDir, 'absent') }, async (call) => {
      const answer = await call('POST', root, { secretName: 'T', secretValue: 'v' });
      expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('absent') });
    });
    expect(log).toMatch(/cannot be used until this is mended/);
  });
});

const keyLines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

interface Row {
  readonly name: string;
  readonly version: number;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
}

type Pool = ReturnType<typeof withDatabase>['pool'];

async function sealed(pool: Pool): Promise<Row[]> {
  return (await pool.query('select name, version, key_id, nonce, sealed from secret order by name')).rows;
}

/** Every row of every table, as text. */
async function contentOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query(
    `select query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text as content
     from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  return rows.map(({ content }) => content).join('\n');
}
