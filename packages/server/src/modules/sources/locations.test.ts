import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, listLocations } from '@gantry/contract';
import type { EntityAnswer } from '@gantry/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commitFiles, gitServer } from '../../../test/git-server.ts';
import { type Serving, serving } from '../../../test/serving.ts';
import { withGantry } from '../../../test/with-gantry.ts';

// Any port of this machine is opened: the test's servers choose theirs.
const { call, database } = withGantry({ GANTRY_ALLOW_HOSTS: '127.0.0.1' });

interface Page {
  readonly body?: string;
  readonly status?: number;
  readonly etag?: string;
  readonly type?: string;
}

const pages = new Map<string, Page>();
const asked: { path: string; status: number }[] = [];
const repositories = mkdtempSync(join(tmpdir(), 'gantry-test-locations-'));
let base = '';

const serveGit = gitServer(repositories);
let clones = 0;

function answerPage(incoming: IncomingMessage, answer: ServerResponse): void {
  const path = new URL(incoming.url ?? '/', 'http://localhost').pathname;
  if (path.startsWith('/git/')) {
    incoming.on('data', (chunk: Buffer) => {
      if (chunk.includes('command=fetch')) clones += 1;
    });
    serveGit(incoming, answer);
    return;
  }
  const page = pages.get(path) ?? { status: 404 };
  const isKnown = page.etag !== undefined && incoming.headers['if-none-match'] === page.etag;
  const status = isKnown ? 304 : (page.status ?? 200);
  asked.push({ path, status });
  answer.writeHead(status, { 'content-type': page.type ?? 'text/yaml', ...(page.etag && { etag: page.etag }) });
  answer.end(isKnown ? undefined : page.body);
}

let server: Serving;
beforeAll(async () => {
  server = await serving(answerPage);
  base = server.url;
});
afterAll(async () => {
  await server.close();
  rmSync(repositories, { recursive: true, force: true });
});
beforeEach(() => {
  pages.clear();
  asked.length = 0;
});

const component = (name: string, type = 'service') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: ${type}\n  lifecycle: production\n  owner: team-a\n`;
const pointing = (name: string, targets: readonly string[]) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: ${name}}\nspec: {targets: ${JSON.stringify(targets)}}\n`;

type Location = Answer<typeof listLocations>['locations'][number];

const entity = async (name: string) =>
  (await call('GET', `/v1/blueprints/component/entities/${name}`)).at('entity') as EntityAnswer | undefined;

async function listed(id: string): Promise<Location> {
  const locations = (await call('GET', '/v1/locations')).at('locations') as Location[];
  const found = locations.find((location) => location.id === id);
  if (!found) throw new Error(`there is no location ${id}`);
  return found;
}

/** Waits until the location has been read through. */
async function settled(id: string) {
  for (;;) {
    const location = await listed(id);
    if (location.status === 'ok' || location.status === 'failed') return location;
    await pause(20);
  }
}

async function register(target: string) {
  const { status, ...registered } = await call('POST', '/v1/locations', { target });
  expect(status).toBe(201);
  expect(registered.at('location')).toMatchObject({
    type: 'url',
    target,
    status: 'waiting',
    entities: 0,
    refreshedAt: null,
  });
  return settled(registered.text('location.id'));
}

async function refresh(id: string) {
  const asked = await call('POST', `/v1/locations/${id}/refresh`);
  expect(asked.status).toBe(202);
  expect(asked.at('location.status')).toBe('waiting');
  return settled(id);
}

describe('a catalog file by its URL', () => {
  test('is read with everything it points at, and read again without fetching what has not changed', async () => {
    pages.set('/one/catalog-info.yaml', {
      body: pointing('one', ['./parts/a.yaml', `${base}/one/b.yaml`]),
      etag: '"1"',
    });
    pages.set('/one/parts/a.yaml', { body: component('one-a'), etag: '"2"' });
    pages.set('/one/b.yaml', { body: component('one-b') });
    const location = await register(`${base}/one/catalog-info.yaml`);
    expect(location).toMatchObject({ status: 'ok', entities: 3, stale: 0, problems: [], missing: [] });
    expect(await entity('one-a')).toMatchObject({ properties: { type: 'service' } });

    asked.length = 0;
    pages.set('/one/b.yaml', { body: component('one-b', 'website') });
    await refresh(location.id);
    expect(asked.toSorted((one, other) => one.path.localeCompare(other.path))).toEqual([
      { path: '/one/b.yaml', status: 200 },
      { path: '/one/catalog-info.yaml', status: 304 },
      { path: '/one/parts/a.yaml', status: 304 },
    ]);
    expect(await entity('one-b')).toMatchObject({ properties: { type: 'website' } });
    const report = (await call('GET', '/v1/imports')).list('imports').find(({ id }) => id === location.id);
    expect(report).toMatchObject({ created: 0, updated: 1, unchanged: 2 });
  });

  test('that fails says why, deletes nothing, is tried again soon, and recovers', async () => {
    pages.set('/two.yaml', { body: component('two') });
    const location = await register(`${base}/two.yaml`);
    for (const [page, message] of [
      [{ status: 503 }, /status 503/],
      [{ status: 404 }, /is not there/],
      [{ status: 200, body: '<html>', type: 'text/html' }, /web page/],
    ] as [Page, RegExp][]) {
      pages.set('/two.yaml', page);
      const failed = await refresh(location.id);
      expect(failed).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(message),
        entities: 1,
        stale: 0,
      });
      expect(failed.refreshedAt).not.toBeNull();
    }
    const row = await database.db
      .selectFrom('source')
      .selectAll()
      .where('id', '=', Number(location.id))
      .executeTakeFirstOrThrow();
    expect(row.failures).toBe(3);
    const minutes = (Number(row.next_refresh_at) - Number(row.refreshed_at)) / 60_000;
    expect(minutes).toBe(4);
    expect(await entity('two')).toBeDefined();

    pages.set('/two.yaml', { body: component('two') });
    const mended = await refresh(location.id);
    expect(mended).toMatchObject({ status: 'ok', problems: [] });
    expect(mended).not.toHaveProperty('message');
  });

  test('that is registered twice is refused, and may be registered again once forgotten', async () => {
    pages.set('/three.yaml', { body: component('three') });
    const location = await register(`${base}/three.yaml`);
    const again = await call('POST', '/v1/locations', { target: `${base}/three.yaml` });
    expect(again.status).toBe(409);
    expect(again.at('details')).toEqual({ location: location.id });
    expect((await call('DELETE', `/v1/locations/${location.id}`)).status).toBe(200);
    expect(await entity('three')).toBeDefined();
    expect(await register(`${base}/three.yaml`)).toMatchObject({ id: location.id, entities: 1, stale: 0 });
  });
});

describe('what may not be registered or read', () => {
  test.each([
    'file:///etc/passwd',
    'ftp://files.example/catalog-info.yaml',
    'https://me:secret@code.example/catalog-info.yaml',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/catalog-info.yaml',
    'http://[::1]:7007/catalog-info.yaml',
    'not a url',
    '',
  ])('%s', async (target) => {
    const refused = await call('POST', '/v1/locations', { target });
    expect(refused.status).toBe(422);
    expect(refused.text('message')).not.toContain('secret');
  });

  test('a name that turns out to be inside is a failed location', async () => {
    const location = await register('http://localhost:8080/catalog-info.yaml');
    expect(location).toMatchObject({ status: 'failed', message: expect.stringMatching(/own network/), entities: 0 });
  });

  test('a redirect inside, a Location that includes itself and one that goes astray', async () => {
    pages.set('/five.yaml', {
      body: pointing('five', ['./five.yaml', './gone.yaml', 'http://169.254.169.254/', 'http://192.168.0.1/x.yaml']),
    });
    const location = await register(`${base}/five.yaml`);
    expect(location).toMatchObject({ status: 'ok', entities: 1 });
    expect(location.problems.map(({ code }) => code).sort()).toEqual([
      'target_absent',
      'target_refused',
      'target_refused',
    ]);
  });

  test.each(['0', '999999', 'x', '%00', '1e3', '12345678901234567890'])('there is no location %s', async (id) => {
    const { status } = await call('POST', `/v1/locations/${id}/refresh`);
    expect([400, 404]).toContain(status);
  });
});

describe('a Git repository', () => {
  const commit = (name: string, files: Record<string, string | null>) =>
    commitFiles(join(repositories, 'git', name), files);

  test('gives its catalog files, follows what they name inside it, and is cloned again only when it moved', async () => {
    const head = commit('repo', {
      'catalog-info.yaml': pointing('repo', ['./more/*.yaml']),
      'services/a/catalog-info.yaml': component('repo-a').replace(
        'lifecycle: production',
        'lifecycle: production\n  note: {$text: ./note.txt}',
      ),
      'services/a/note.txt': 'read from beside it',
      'more/b.yaml': component('repo-b'),
      'not-an-entity.yaml': 'x: 1',
    });
    const location = await register(`${base}/git/repo/.git`);
    expect(location).toMatchObject({ status: 'ok', entities: 3, problems: [] });
    expect((await entity('repo-a'))?.properties.backstage).toMatchObject({ spec: { note: 'read from beside it' } });
    const origin = await database.db
      .selectFrom('origin')
      .selectAll()
      .where('key', '=', `${location.id} component:default/repo-b`)
      .executeTakeFirstOrThrow();
    expect(origin.record).toMatchObject({ file: 'more/b.yaml', commit: head });

    const before = clones;
    expect(await refresh(location.id)).toMatchObject({ status: 'ok', entities: 3 });
    expect(clones).toBe(before);

    commit('repo', { 'more/b.yaml': null });
    const after = await refresh(location.id);
    expect(clones).toBe(before + 1);
    expect(after).toMatchObject({
      status: 'ok',
      entities: 2,
      stale: 1,
      missing: [{ blueprint: 'component', identifier: 'repo-b' }],
    });
  });

  test('without a catalog file is a failed location', async () => {
    commit('empty', { 'README.md': 'nothing' });
    expect(await register(`${base}/git/empty/.git`)).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/holds no catalog-info/),
    });
  });

  test('that does not exist is a failed location', async () => {
    expect(await register(`${base}/git/none.git`)).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/not a public Git/),
    });
  });
});

describe('the clock', () => {
  test('has due locations read again, once', async () => {
    pages.set('/due.yaml', { body: component('due') });
    const location = await register(`${base}/due.yaml`);
    asked.length = 0;
    const id = Number(location.id);
    await database.db
      .updateTable('source')
      .set({ next_refresh_at: new Date(0) })
      .where('id', '=', id)
      .execute();
    await database.pool.query("select graphile_worker.add_job('sources.refresh-due')");
    await database.pool.query("select graphile_worker.add_job('sources.refresh-due')");
    while ((await listed(location.id)).refreshedAt === location.refreshedAt) await pause(20);
    expect(asked).toEqual([{ path: '/due.yaml', status: 200 }]);
    const row = await database.db
      .selectFrom('source')
      .select('next_refresh_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Number(row.next_refresh_at)).toBeGreaterThan(Date.now() + 50 * 60_000);
  });
});
