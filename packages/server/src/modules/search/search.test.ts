import { beforeAll, describe, expect, test } from 'vitest';
import { foundSmallCompany } from '../../../test/small-company.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const gantry = withGantry();
const { call, send } = gantry;
beforeAll(() => foundSmallCompany(gantry));

const rule = (property: unknown, operator: string, value?: unknown) => ({ property, operator, value });
const all = (...rules: unknown[]) => ({ combinator: 'and', rules });
const names = (entities: readonly Readonly<Record<string, unknown>>[]) => entities.map(({ identifier }) => identifier);

describe('a search of everything', () => {
  const search = (query: unknown, parameters = '') => call('POST', `/v1/entities/search${parameters}`, query);

  test('names the blueprints with results, and no others', async () => {
    const answer = await search(
      all(rule('$blueprint', 'in', ['service', 'squad', 'nope']), rule('$identifier', '=', 'red')),
    );
    expect(answer).toMatchObject({ status: 200, body: { ok: true, matchingBlueprints: ['squad'] } });
    expect(answer.list('entities')).toMatchObject([
      { blueprint: 'squad', identifier: 'red', properties: { chat: '#red' } },
    ]);
  });

  test('finds nested alternatives, as reconciling exporters ask for them', async () => {
    const either = [
      all(rule('$identifier', '=', 'mail'), rule('$blueprint', '=', 'service')),
      all(rule('$identifier', '=', 'blue'), rule('$blueprint', '=', 'squad')),
    ];
    const answer = await search({ combinator: 'or', rules: either }, '?include=blueprint&include=identifier');
    expect(answer.list('entities')).toEqual(
      expect.arrayContaining([
        { blueprint: 'service', identifier: 'mail' },
        { blueprint: 'squad', identifier: 'blue' },
      ]),
    );
  });

  test('a property some blueprint does not have is null there', async () => {
    const answer = await search(all(rule('chat', 'isEmpty'), rule('$identifier', 'in', ['red', 'blue', 'mail'])));
    expect(names(answer.list('entities')).sort()).toEqual(['blue', 'mail']);
  });

  test('tells every problem of a query with its place', async () => {
    const answer = await search(all(rule('tier', 'equals', 1), rule('$nope', '=', 1)));
    expect(answer).toMatchObject({ status: 422, body: { ok: false, error: 'invalid_request' } });
    expect(answer.list('problems').map(({ path }) => path)).toEqual(['rules.0.operator', 'rules.1.property']);
  });

  test('a query that walks the graph too often is refused', async () => {
    const walks = Array.from({ length: 21 }, () => ({ operator: 'relatedTo', blueprint: 'service', value: 'mail' }));
    expect(await search(all(...walks))).toMatchObject({ status: 422 });
  });
});

describe('a page of a blueprint', () => {
  const page = (body?: unknown) => call('POST', '/v1/blueprints/service/entities/search', body);

  test('without a body is everything', async () => {
    const answer = await page();
    expect(names(answer.list('entities'))).toEqual(['checkout', 'ledger', 'mail', 'payments']);
    expect(answer.at('next')).toBeNull();
  });

  test('is filtered, sorted, cut and counted', async () => {
    const asked = {
      query: all(rule('language', '=', 'go')),
      sort: [{ property: 'lines', order: 'desc' }],
      count: true,
    };
    const first = await page({ ...asked, limit: 2, include: ['properties.lines'] });
    expect(first.body).toEqual({
      ok: true,
      entities: [
        { blueprint: 'service', identifier: 'checkout', properties: { lines: 300 } },
        { blueprint: 'service', identifier: 'mail', properties: { lines: 50 } },
      ],
      next: expect.any(String),
      total: 3,
    });
    const second = await page({ ...asked, limit: 2, from: first.text('next') });
    expect(names(second.list('entities'))).toEqual(['payments']);
    expect(second.at('next')).toBeNull();
  });

  test('a cursor goes only with the question it came from', async () => {
    const first = await page({ limit: 1, sort: [{ property: 'lines' }] });
    const other = await page({ limit: 1, sort: [{ property: '$title' }], from: first.text('next') });
    expect(other).toMatchObject({ status: 422, body: { error: 'invalid_request' } });
    expect(await page({ from: 'rubbish' })).toMatchObject({ status: 422 });
  });

  test('quick search wants every word, in any case, in what is shown', async () => {
    expect(names((await page({ search: 'SMTP go' })).list('entities'))).toEqual(['checkout', 'mail']);
    expect(names((await page({ search: 'sender' })).list('entities'))).toEqual(['mail']);
    expect(names((await page({ search: 'red' })).list('entities'))).toEqual(['checkout']);
    expect((await page({ search: '100%', count: true })).at('total')).toBe(0);
  });

  test('finds by relation, by its title and along a path', async () => {
    const owner = { relation: 'owner', targetProperty: '$title', operator: 'contains', value: 'Squad' };
    expect(names((await page({ query: all(owner) })).list('entities'))).toEqual(['checkout']);
    const path = { property: { path: [{ relation: 'needs', maxHops: 3 }] }, operator: 'matchAny', value: 'ledger' };
    expect(names((await page({ query: all(path) })).list('entities'))).toEqual(['checkout', 'payments']);
    const related = { operator: 'relatedTo', blueprint: 'squad', value: 'red', direction: 'downstream' };
    expect(names((await page({ query: all(related) })).list('entities'))).toEqual(['checkout']);
  });

  test('refuses limits out of range and sorts by nothing', async () => {
    for (const body of [
      { limit: 0 },
      { limit: 1001 },
      { sort: [{ order: 'asc' }] },
      { sort: [{ property: '$nope' }] },
    ]) {
      expect(await page(body)).toMatchObject({ status: 422, body: { ok: false } });
    }
  });

  test('knows the caller and their teams', async () => {
    const signedIn = await send('POST', '/v1/session', {
      body: { email: 'ada@example.com', password: 'correct horse' },
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0] ?? '';
    await call('POST', '/v1/blueprints/_user/entities?upsert=true&merge=true', {
      identifier: 'ada@example.com',
      team: ['red'],
    });
    await call('POST', '/v1/blueprints/_team/entities?upsert=true', { identifier: 'red' });
    const mine = await send('POST', '/v1/blueprints/service/entities/search', {
      body: { query: all(rule('$team', 'in', ['My Teams'])) },
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(names(mine.list('entities'))).toEqual(['checkout']);
    expect(names((await page({ query: all(rule('$team', 'in', ['My Teams'])) })).list('entities'))).toEqual([]);
  });
});

describe('entities by data source', () => {
  const list = (body: unknown, query = '?include=identifier') =>
    call('POST', `/v1/blueprints/entities/datasource-entities${query}`, body);

  test('are those whose last writer matches, page by page or all at once', async () => {
    const headers = { 'user-agent': 'port-ocean/jira/1.2/7/exporter' };
    for (const identifier of ['j1', 'j2', 'j3']) {
      const { authorization } = await bearer();
      const written = { body: { identifier }, headers: { ...headers, authorization } };
      await send('POST', '/v1/blueprints/squad/entities?upsert=true', written);
    }
    const asked = { datasource_prefix: 'port-ocean/jira/', datasource_suffix: '/7/exporter' };
    expect(names((await list(asked)).list('entities'))).toEqual(['j1', 'j2', 'j3']);
    const first = await list({ ...asked, limit: 2 });
    expect(names(first.list('entities'))).toEqual(['j1', 'j2']);
    expect(names((await list({ ...asked, limit: 2, from: first.text('next') })).list('entities'))).toEqual(['j3']);
    expect(await list({ ...asked, before: '2020-01-01T00:00:00Z' })).toMatchObject({
      body: { entities: [], next: null },
    });
    expect((await list({ ...asked, datasource_suffix: '/8/exporter' })).list('entities')).toEqual([]);
    expect(await list({ ...asked, before: 'yesterday' })).toMatchObject({ status: 422 });
  });

  test('a data source with an absurdly long name can write, too', async () => {
    const headers = { ...(await bearer()), 'user-agent': `very-${'long'.repeat(2000)}` };
    const answer = await send('POST', '/v1/blueprints/squad/entities', { body: { identifier: 'patient' }, headers });
    expect(answer.status).toBe(201);
    expect(names((await list({ datasource_prefix: 'very-longlong' })).list('entities'))).toEqual(['patient']);
  });

  async function bearer() {
    const machine = { clientId: 'test-machine', clientSecret: 'test-secret' };
    const { body } = await send('POST', '/v1/auth/access_token', { body: machine });
    return { authorization: `Bearer ${(body as { accessToken: string }).accessToken}` };
  }
});

describe('figures', () => {
  const figure = async (body: object) =>
    (await call('POST', '/v1/entities/aggregate', { blueprint: 'service', ...body })).at('result');

  test('of numbers', async () => {
    const lines = { property: 'lines' };
    expect(await figure({ func: 'count' })).toBe(4);
    expect(await figure({ func: 'sum', ...lines })).toBe(1250);
    expect(await figure({ func: 'min', ...lines })).toBe(50);
    expect(await figure({ func: 'max', ...lines, query: all(rule('language', '=', 'go')) })).toBe(300);
    expect(await figure({ func: 'median', ...lines })).toBe(300);
    expect(await figure({ func: 'average', ...lines, averageOf: 'total' })).toBeCloseTo(1250 / 3);
    expect(await figure({ func: 'average', ...lines, averageOf: 'month' })).toBe(1250);
    expect(await figure({ func: 'average', averageOf: 'day' })).toBe(4);
  });

  test('of nothing are 0 or null', async () => {
    const query = all(rule('$identifier', '=', 'nobody'));
    expect(await figure({ func: 'count', query })).toBe(0);
    expect(await figure({ func: 'sum', property: 'lines', query })).toBeNull();
    expect(await figure({ func: 'average', query })).toBeNull();
    expect(await figure({ func: 'countValues', property: 'tier', query })).toEqual([]);
  });

  test('counted by value of a property, a list, a relation or a team', async () => {
    expect(await figure({ func: 'countValues', property: 'language' })).toEqual([
      { value: 'go', count: 3 },
      { value: 'java', count: 1 },
    ]);
    expect(await figure({ func: 'countValues', property: 'tags' })).toEqual([
      { value: null, count: 2 },
      { value: 'smtp', count: 2 },
      { value: 'pci', count: 1 },
    ]);
    expect(await figure({ func: 'countValues', relation: 'needs', limit: 1 })).toHaveLength(1);
    expect(await figure({ func: 'countValues', property: '$team', search: 'checkout' })).toEqual([
      { value: 'payments', count: 1 },
      { value: 'red', count: 1 },
    ]);
  });

  test('across blueprints, as the query says', async () => {
    const query = all(rule('$blueprint', 'in', ['service', 'squad']), rule('$identifier', 'beginsWith', 'c'));
    const { body } = await call('POST', '/v1/entities/aggregate', { func: 'count', query });
    expect(body).toEqual({ ok: true, result: 1 });
  });

  test('of functions that do not exist or lack what to look at are refused', async () => {
    for (const body of [
      { func: 'mode' },
      { func: 'sum' },
      { func: 'countValues' },
      { func: 'count', averageOf: 'year' },
    ]) {
      expect(await call('POST', '/v1/entities/aggregate', body)).toMatchObject({ status: 422, body: { ok: false } });
    }
    expect(await call('POST', '/v1/entities/aggregate', { func: 'count', blueprint: 'servise' })).toMatchObject({
      status: 422,
    });
  });
});

describe('an export', () => {
  const columns = ['identifier', 'title', 'properties.lines', 'tags', 'owner', '$team'];
  const run = (body: object) => call('POST', '/v1/blueprints/service/entities/export', { columns, ...body });

  test('as CSV quotes what needs it and disarms what looks like a formula', async () => {
    const answer = await run({ format: 'csv', sort: [{ property: 'lines' }] });
    expect(answer.body).toBe(
      [
        'identifier,title,properties.lines,tags,owner,$team',
        'mail,Mail sender,50,smtp,,',
        'checkout,Checkout,300,"pci, smtp",red,"red, payments"',
        'ledger,ledger,900,,,',
        "payments,'=Payments,,,,",
        '',
      ].join('\r\n'),
    );
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/csv'),
      'content-disposition': "attachment; filename*=UTF-8''service.csv",
    });
  });

  test('as JSON has the columns as names', async () => {
    const answer = await run({ format: 'json', query: all(rule('$identifier', '=', 'checkout')) });
    expect(answer.body).toEqual([
      {
        ...{ identifier: 'checkout', title: 'Checkout', 'properties.lines': 300, tags: ['pci', 'smtp'], owner: 'red' },
        $team: ['red', 'payments'],
      },
    ]);
    expect((await run({ format: 'json', search: 'nothing like it' })).body).toEqual([]);
  });

  test('of unknown columns is refused, each by its place', async () => {
    const answer = await run({ format: 'csv', columns: ['title', 'nope', 'properties.nope'] });
    expect(answer.list('problems').map(({ path }) => path)).toEqual(['columns.1', 'columns.2']);
  });
});

describe('global search', () => {
  const search = async (words: string, more = '') =>
    names((await call('GET', `/v1/search?q=${encodeURIComponent(words)}${more}`)).list('results'));

  test('ranks the exact title first, then beginnings, then what holds the words', async () => {
    expect((await search('checkout'))[0]).toBe('checkout');
    expect((await search('pay'))[0]).toBe('payments');
    expect(await search('sender mail')).toEqual(['mail']);
    expect(await search('re sq')).toEqual(['red']);
  });

  test('forgives one typing error in longer words, and only there', async () => {
    for (const typed of ['chekout', 'checkotu', 'checkoutt', 'chockout', 'paymints']) {
      expect([await search(typed), typed]).toEqual([[typed.startsWith('p') ? 'payments' : 'checkout'], typed]);
    }
    expect(await search('mial')).toEqual([]);
  });

  test('leaves out blueprints that do not take part, unless one is asked for', async () => {
    expect(await search('checkout-key')).toEqual([]);
    expect(await search('checkout-key', '&blueprint=secret')).toEqual(['checkout-key']);
  });

  test('takes characters with a meaning elsewhere as they are', async () => {
    for (const words of ['%', '_', "'", '\\', '   ', '*:&|!()', '\u{10ffff}']) expect(await search(words)).toEqual([]);
    expect(await call('GET', '/v1/search?q=x&limit=1000')).toMatchObject({ status: 422 });
  });
});
