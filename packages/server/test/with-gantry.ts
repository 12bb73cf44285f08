import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { createGantry, type Gantry, type World } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { lastingFolder } from './temporary-folder.ts';
import { type TestDatabase, withDatabase } from './with-database.ts';

export const machine = { clientId: 'test-machine', clientSecret: 'test-secret' };
export const admin = { email: 'ada@example.com', password: 'correct horse' };

/** What came back. */
export interface Answered {
  readonly status: number;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  /** What stands in the body at a dotted path, '' being all of it; undefined where there is nothing. */
  at(path: string): unknown;
  /** The object, list or text at a dotted path; the test fails where there is none. */
  object(path: string): Readonly<Record<string, unknown>>;
  list(path: string): readonly Readonly<Record<string, unknown>>[];
  text(path: string): string;
}

export interface Call {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The body as it is, for bodies that are no JSON. */
  readonly raw?: string | Buffer;
}

/** A whole Gantry on a database of its own, spoken to through its HTTP door without a port. */
export interface TestGantry {
  readonly database: TestDatabase;
  readonly gantry: Gantry;
  /** Calls as the test machine, an administrator. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answered>;
  /** The Authorization header of the test machine. */
  bearer(): string;
  /** Calls with exactly these headers. */
  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD', path: string, call?: Call): Promise<Answered>;
}

/** Gives the test file (or `describe` block) that calls it a Gantry of its own, with these settings beside the usual ones. */
export function withGantry(extra: Readonly<Record<string, string>> = {}, world: World = {}): TestGantry {
  const database = withDatabase();
  const dataDir = lastingFolder();
  let gantry: Gantry | undefined;
  let token = '';
  const test: TestGantry = {
    database,
    get gantry() {
      if (!gantry) throw new Error('Gantry is there from `beforeAll` on: use it inside a test or a hook.');
      return gantry;
    },
    call: (method, path, body) => test.send(method, path, { body, headers: { authorization: test.bearer() } }),
    bearer: () => `Bearer ${token}`,
    async send(method, path, { body, headers = {}, raw } = {}) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await test.gantry.app.inject({
        method,
        url: path,
        headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(payload === undefined ? {} : { payload }),
      });
      const { 'content-type': type, 'content-encoding': encoding } = response.headers;
      const isJson = /^application\/(scim\+)?json/.test(String(type)) && encoding === undefined;
      const read: unknown = isJson && response.body !== '' ? JSON.parse(response.body) : response.body;
      return answered(response.statusCode, response.headers, read);
    },
  };

  beforeAll(async () => {
    const settings = {
      GANTRY_DATABASE_URL: database.url,
      GANTRY_DATA_DIR: dataDir,
      GANTRY_CLIENT_ID: machine.clientId,
      GANTRY_CLIENT_SECRET: machine.clientSecret,
      GANTRY_ADMIN_EMAIL: admin.email,
      GANTRY_ADMIN_PASSWORD: admin.password,
      ...extra,
    };
    gantry = await createGantry(readConfig(settings, '/nonexistent'), pino({ level: 'silent' }), world);
    const answer = await test.send('POST', '/v1/auth/access_token', { body: machine });
    token = String(answer.at('accessToken'));
  });
  afterAll(() => gantry?.close());
  return test;
}

function answered(status: number, headers: Answered['headers'], body: unknown): Answered {
  const at = (path: string) =>
    path
      .split('.')
      .filter(Boolean)
      .reduce<unknown>((value, key) => {
        return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
      }, body);
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const found = <T>(path: string, isMeant: (value: unknown) => boolean) => {
    const value = at(path);
    if (!isMeant(value)) throw new Error(`${path} is ${JSON.stringify(value)} in ${JSON.stringify(body)}`);
    return value as T;
  };
  return {
    ...{ status, headers, body, at },
    object: (path) => found(path, isObject),
    list: (path) => found(path, Array.isArray),
    text: (path) => found(path, (value) => typeof value === 'string'),
  };
}
