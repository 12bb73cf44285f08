import type { Answer, listLocations } from '@gantry/contract';
import type { EntityAnswer } from '@gantry/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { withGantry } from '../../../test/with-gantry.ts';
import type { IngestReport } from './ingest-report.ts';

const { call, database } = withGantry();

const component = (name: string, spec = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: service\n  lifecycle: production\n  owner: team-a\n${spec}`;

let root = '';
let serial = 0;
beforeEach(() => {
  serial += 1;
  root = `file:/home/me/repo-${serial}`;
});

type Location = Answer<typeof listLocations>['locations'][number];

async function send(files: Record<string, string>, entries = Object.keys(files), from = root, query = '') {
  const sent = Object.entries(files).map(([path, text]) => ({ path, text }));
  const answered = await call('POST', `/v1/imports${query}`, { root: from, base: `${from}/`, entries, files: sent });
  expect(answered.status, String(answered.at('message'))).toBe(200);
  return answered.at('report') as IngestReport;
}

const entity = async (blueprint: string, identifier: string) =>
  (await call('GET', `/v1/blueprints/${blueprint}/entities/${identifier}`)).at('entity') as EntityAnswer | undefined;
const propertiesOf = async (blueprint: string) =>
  (await call('GET', `/v1/blueprints/${blueprint}`)).object('blueprint.schema.properties');
const findLocation = async () => {
  const locations = (await call('GET', '/v1/locations')).at('locations') as Location[];
  return locations.find(({ target }) => target === root);
};

async function location(): Promise<Location> {
  const found = await findLocation();
  if (!found) throw new Error(`${root} is not listed`);
  return found;
}

async function confirm(): Promise<unknown> {
  return (await call('POST', `/v1/locations/${(await location()).id}/confirm-missing`)).at('trashed');
}

describe('importing files', () => {
  test('takes what they hold, and the second time finds nothing new', async () => {
    const files = {
      'catalog-info.yaml': `${component('first', '  dependsOn: [component:second]\n')}---\n${component('second')}`,
    };
    const first = await send(files);
    expect(first).toMatchObject({
      source: root,
      files: 1,
      documents: 2,
      created: 2,
      updated: 0,
      unchanged: 0,
      problems: [],
    });
    expect(first.byBlueprint).toEqual({ component: 2 });
    expect(first.blueprintsCreated).toContain('component');
    expect(await entity('component', 'first')).toMatchObject({
      properties: { type: 'service', lifecycle: 'production' },
    });

    const second = await send(files);
    expect(second).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      blueprintsCreated: [],
      missing: [],
    });
    expect(await entity('component', 'first')).toEqual(await entity('component', 'first'));
    expect(await location()).toMatchObject({
      type: 'file',
      status: 'ok',
      entities: 2,
      stale: 0,
      problems: [],
      missing: [],
    });
  });

  test('a no-change import moves nothing and tells nobody of entities', async () => {
    const files = { 'catalog-info.yaml': component('calm') };
    await send(files);
    const before = await entity('component', 'calm');
    const facts = async () =>
      (await database.db.selectFrom('outbox').select('fact').execute()).filter(({ fact }) =>
        JSON.stringify(fact).includes('entities.'),
      );
    const told = (await facts()).length;
    await send(files);
    expect(await entity('component', 'calm')).toEqual(before);
    expect((await facts()).length).toBe(told);
  });

  test('says where every value came from', async () => {
    await send({ 'a/catalog-info.yaml': `${component('other-one')}---\n${component('traced')}` });
    const origin = await database.db
      .selectFrom('origin')
      .selectAll()
      .where('key', 'like', '% component:default/traced')
      .executeTakeFirstOrThrow();
    expect(origin).toMatchObject({
      kind: 'file',
      label: 'a/catalog-info.yaml',
      record: { source: root, file: 'a/catalog-info.yaml', document: 2, line: 10 },
    });
  });

  test('the file has the word on what it says and said; what people added beside it stays', async () => {
    await send({ 'catalog-info.yaml': component('mixed', '  system: shop\n') });
    const properties = { ...(await propertiesOf('component')), tier: { type: 'string' } };
    await call('PATCH', '/v1/blueprints/component', { schema: { properties, required: [] } });
    await call('PATCH', '/v1/blueprints/component/entities/mixed', {
      properties: { tier: 'gold', lifecycle: 'deprecated' },
    });

    const same = await send({ 'catalog-info.yaml': component('mixed', '  system: shop\n') });
    expect(same).toMatchObject({ unchanged: 1 });
    expect((await entity('component', 'mixed'))?.properties).toMatchObject({ tier: 'gold', lifecycle: 'deprecated' });

    const changed = await send({ 'catalog-info.yaml': component('mixed').replace('type: service', 'type: website') });
    expect(changed).toMatchObject({ updated: 1 });
    const after = await entity('component', 'mixed');
    expect(after?.properties).toMatchObject({ tier: 'gold', lifecycle: 'production', type: 'website' });
    expect(after?.relations.system).toBeNull();
  });
});

describe('what vanishes', () => {
  test('is stale until somebody confirms, and comes back when the file does', async () => {
    const both = { 'a.yaml': component(`stay-${serial}`), 'b.yaml': component(`go-${serial}`) };
    await send(both);
    const gone = { blueprint: 'component', identifier: `go-${serial}` };
    const without = await send({ 'a.yaml': both['a.yaml'] });
    expect(without).toMatchObject({ missing: [gone], trashed: 0 });
    expect(await location()).toMatchObject({ entities: 1, stale: 1, missing: [gone] });
    expect(await entity('component', gone.identifier)).toBeDefined();

    await send(both);
    expect(await location()).toMatchObject({ entities: 2, stale: 0, missing: [] });

    await send({ 'a.yaml': both['a.yaml'] });
    expect(await confirm()).toBe(1);
    expect(await entity('component', gone.identifier)).toBeUndefined();
    expect(await location()).toMatchObject({ entities: 1, stale: 0, missing: [] });

    expect(await send(both)).toMatchObject({ created: 1, unchanged: 1 });
  });

  test('goes at once when asked to', async () => {
    const both = { 'a.yaml': component(`a-${serial}`), 'b.yaml': component(`b-${serial}`) };
    await send(both);
    const report = await send({ 'a.yaml': both['a.yaml'] }, ['a.yaml'], root, '?missing=trash');
    expect(report).toMatchObject({ missing: [], trashed: 1 });
    expect(await entity('component', `b-${serial}`)).toBeUndefined();
  });

  test('an empty answer, a broken file and a failed target delete nothing', async () => {
    const location =
      'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {targets: [./a.yaml]}\n'.replace(
        'all',
        `all-${serial}`,
      );
    const files = { 'all.yaml': location, 'a.yaml': `${component(`x-${serial}`)}---\n${component(`y-${serial}`)}` };
    await send(files, ['all.yaml']);
    for (const [sent, entries] of [
      [{}, []],
      [{ 'all.yaml': 'no: entity' }, ['all.yaml']],
      [{ ...files, 'a.yaml': 'kind: [' }, ['all.yaml']],
      [{ ...files, 'a.yaml': `${component(`x-${serial}`)}---\n  kind: [broken` }, ['all.yaml']],
    ] as [Record<string, string>, string[]][]) {
      expect((await send(sent, entries, root, '?missing=trash')).trashed).toBe(0);
      expect(await entity('component', `y-${serial}`)).toBeDefined();
    }
  });

  test('an entity that another source vouches for outlives the one that lost it', async () => {
    const first = { 'a.yaml': component(`shared-${serial}`), 'b.yaml': component(`alone-${serial}`) };
    await send(first);
    const other = `${root}-copy`;
    const claimed = await send({ 'a.yaml': component(`shared-${serial}`) }, ['a.yaml'], other);
    expect(claimed).toMatchObject({ created: 0, updated: 0 });
    expect(claimed.problems).toMatchObject([
      { code: 'claimed', entityRef: `component:default/shared-${serial}`, line: 1 },
    ]);

    // The first lets go; now the second may have it, and a later confirmation for the first takes nothing from it.
    await send({ 'b.yaml': first['b.yaml'] });
    expect((await send({ 'a.yaml': component(`shared-${serial}`) }, ['a.yaml'], other)).problems).toEqual([]);
    expect(await confirm()).toBe(0);
    expect(await entity('component', `shared-${serial}`)).toBeDefined();
    expect(await location()).toMatchObject({ stale: 0 });
  });

  test('a source is forgotten with its entities or without', async () => {
    await send({ 'a.yaml': component(`left-${serial}`) });
    const kept = await location();
    expect((await call('DELETE', `/v1/locations/${kept.id}`)).status).toBe(200);
    expect(await findLocation()).toBeUndefined();
    expect(await entity('component', `left-${serial}`)).toBeDefined();
    await send({ 'a.yaml': component(`left-${serial}`) });
    const again = await location();
    expect((await call('DELETE', `/v1/locations/${again.id}?delete_entities=true`)).status).toBe(200);
    expect(await entity('component', `left-${serial}`)).toBeUndefined();
    expect((await call('DELETE', `/v1/locations/${again.id}`)).status).toBe(404);
  });
});

describe('a broken version', () => {
  test('leaves the last good one, and is remembered against the entity', async () => {
    const name = `fragile-${serial}`;
    await send({ 'catalog-info.yaml': component(name) });
    const broken = component(name).replace('lifecycle: production', 'lifecycle: [production]');
    const report = await send({ 'catalog-info.yaml': broken });
    expect(report.problems).toMatchObject([
      { file: 'catalog-info.yaml', document: 1, line: 7, entityRef: `component:default/${name}` },
    ]);
    expect(report.missing).toEqual([]);
    expect(await entity('component', name)).toMatchObject({ properties: { lifecycle: 'production' } });
    const sighting = () =>
      database.db
        .selectFrom('sighting')
        .select(['problem', 'missing_since'])
        .where('ref', '=', `component:default/${name}`)
        .executeTakeFirstOrThrow();
    expect(await sighting()).toMatchObject({ problem: { file: 'catalog-info.yaml', line: 7 }, missing_since: null });
    await send({ 'catalog-info.yaml': component(name) });
    expect(await sighting()).toMatchObject({ problem: null });
  });

  test('what the model of this organization refuses is reported like what Backstage refuses', async () => {
    await send({ 'a.yaml': component(`strict-${serial}`) });
    const before = await propertiesOf('component');
    const properties = { ...before, must: { type: 'string' } };
    await call('PATCH', '/v1/blueprints/component', { schema: { properties, required: ['must'] } });
    const report = await send({ 'b.yaml': component(`refused-${serial}`) });
    expect(report.problems).toMatchObject([
      { code: 'not_stored', file: 'b.yaml', entityRef: `component:default/refused-${serial}` },
    ]);
    await call('PATCH', '/v1/blueprints/component', {
      schema: { properties: before, required: [] },
    });
  });
});

describe('hostile files', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((key, place) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[place]}`).join(',')}]`).join('\n')}\n`;
  const pointing = (target: string) =>
    `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: pointing-NUMBER}\nspec: {targets: [${JSON.stringify(target)}]}\n`;

  test.each([
    ['a bomb of aliases', bomb, /aliases/],
    ['a cycle of anchors', 'a: &a [*a]\n', /./],
    ['nesting without end', `${'['.repeat(20_000)}`, /./],
    ['a file outside', pointing('../../../etc/passwd'), /climbs out|outside/],
    ['a file of the machine', pointing('file:///etc/passwd'), /./],
    ['the metadata service', pointing('http://169.254.169.254/latest/meta-data'), /metadata/],
    ['this machine', pointing('http://127.0.0.1:7007/v1/organization'), /own network/],
    ['this machine by number', pointing('http://2130706433/'), /own network/],
    ['a script', pointing('javascript:alert(1)'), /script|address/],
    [
      'prototype keys',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: p, __proto__: {x: 1}}\nspec: {type: a, lifecycle: b, owner: c}\n__proto__: {polluted: true}\n',
      /./,
    ],
    ['NUL', component('nul').replace('type: service', 'type: "a\\0b"'), /./],
    ['half a character', component('half').replace('type: service', 'type: "\\uD800"'), /./],
  ])('%s is a reported problem', async (_what, text, message) => {
    const { problems } = await send({ 'catalog-info.yaml': text.replace('NUMBER', String(serial)) });
    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
    expect(await location()).toMatchObject({ problems });
    expect({}).not.toHaveProperty('polluted');
  });

  test('a Location that includes itself is read once', async () => {
    const report = await send({ 'all.yaml': pointing('./all.yaml').replace('NUMBER', String(serial)) });
    expect(report).toMatchObject({ files: 1, created: 1, problems: [] });
  });

  test.each([
    ['a root that cannot be stored', { root: 'file:/a\0b' }],
    ['no entries', { entries: undefined }],
    ['files of the wrong shape', { files: [{ path: 1 }] }],
  ])('%s is refused', async (_what, change) => {
    const { status, body } = await call('POST', '/v1/imports', {
      root,
      base: `${root}/`,
      entries: [],
      files: [],
      ...change,
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ ok: false, error: 'invalid_request' });
  });

  test('strange paths are fine, and texts that cannot be stored are refused with their place', async () => {
    const files = { [`${'x/'.repeat(900)}y.yaml`]: component('deep'), 'ü%2F😀.yaml': component('emoji') };
    expect(await send(files)).toMatchObject({ created: 2, problems: [] });
    const path = 'a\0b.yaml';
    const odd = [{ path, text: component('weird') }];
    const refused = await call('POST', '/v1/imports', { root, base: `${root}/`, entries: [path], files: odd });
    expect(refused.status).toBe(422);
    expect(refused.at('problems')).toMatchObject([{ path: expect.stringMatching(/^(entries|files)\.0/) }, {}]);
  });
});
