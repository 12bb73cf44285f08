import { beforeAll, describe, expect, test } from 'vitest';
import { foundSmallCompany } from '../../../test/small-company.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const gantry = withGantry();
const { call, send, database } = gantry;
beforeAll(() => foundSmallCompany(gantry));

const checkout = (query = '') => call('GET', `/v1/blueprints/service/entities/checkout${query}`);

describe('refusals', () => {
  test('nobody reads without a token', async () => {
    const paths = [
      '/v1/blueprints/service/entities',
      '/v1/blueprints/service/entities/checkout',
      '/v1/blueprints/service/entities-count',
      '/v1/blueprints/service/entities/checkout/related',
      '/v1/graph?blueprint=service&entity=checkout',
      '/v1/search?q=checkout',
    ];
    for (const path of paths) expect(await send('GET', path)).toMatchObject({ status: 401, body: { ok: false } });
  });

  test('what does not exist is not_found', async () => {
    const answers = await Promise.all([
      call('GET', '/v1/blueprints/nope/entities'),
      call('GET', '/v1/blueprints/nope/entities/x'),
      call('GET', '/v1/blueprints/nope/entities-count'),
      call('GET', '/v1/blueprints/service/entities/nope'),
      call('GET', '/v1/blueprints/service/entities/nope/related'),
      call('GET', '/v1/graph?blueprint=service&entity=nope'),
      call('POST', '/v1/blueprints/nope/entities/search', {}),
      call('POST', '/v1/blueprints/nope/entities/export', { format: 'csv', columns: ['title'] }),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
  });

  test('a renamed entity is not found under its old name, and the answer says the new one', async () => {
    await call('POST', '/v1/blueprints/squad/entities', { identifier: 'before' });
    await call('PUT', '/v1/blueprints/squad/entities/before', { identifier: 'after' });
    const answer = await call('GET', '/v1/blueprints/squad/entities/before');
    expect(answer).toMatchObject({ status: 404, body: { details: { renamedTo: 'after' } } });
    await call('DELETE', '/v1/blueprints/squad/entities/after');
  });
});

test('an entity lists every property and relation of its blueprint, unset ones as null or []', async () => {
  const { body } = await call('GET', '/v1/blueprints/service/entities/ledger');
  expect(body).toEqual({
    ok: true,
    entity: {
      identifier: 'ledger',
      title: 'ledger',
      blueprint: 'service',
      team: [],
      properties: {
        ...{ tier: 'gold', language: 'java', lines: 900, live: true, tags: null, deployed: null },
        ownerName: null,
      },
      relations: { owner: null, needs: [] },
      scorecards: {},
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      createdBy: expect.any(String),
      updatedAt: expect.stringMatching(/\.\d{3}Z$/),
      updatedBy: expect.any(String),
    },
  });
});

test('parts are chosen by include, repeated or with commas; blueprint and identifier are always there', async () => {
  const expected = { blueprint: 'service', identifier: 'checkout', title: 'Checkout', properties: { tier: 'gold' } };
  for (const query of ['?include=title&include=properties.tier', '?include=title,properties.tier']) {
    expect((await checkout(query)).at('entity')).toEqual(expected);
  }
});

test('derived values are left out on request; nonsense for a flag is no request', async () => {
  expect((await checkout('?exclude_calculated_properties=true')).object('entity.properties')).not.toHaveProperty(
    'ownerName',
  );
  expect((await checkout('?exclude_calculated_properties=0xc0001')).object('entity.properties')).toHaveProperty(
    'ownerName',
  );
});

test('relations carry titles on request', async () => {
  expect((await checkout('?attach_title_to_relation=true')).at('entity.relations')).toEqual({
    owner: { identifier: 'red', title: 'Red Squad' },
    needs: [
      { identifier: 'mail', title: 'Mail sender' },
      { identifier: 'ledger', title: 'ledger' },
    ],
  });
});

test('mirrors of titles carry the identifier on request', async () => {
  const { ownerName } = (await checkout('?attach_identifier_to_title_mirror_properties=true')).object(
    'entity.properties',
  );
  expect(ownerName).toEqual({ identifier: 'red', title: 'Red Squad' });
});

test('a list gives all entities of the blueprint, and the count says how many', async () => {
  const answer = await call('GET', '/v1/blueprints/service/entities?include=identifier');
  expect(answer.list('entities').map(({ identifier }) => identifier)).toEqual([
    'checkout',
    'ledger',
    'mail',
    'payments',
  ]);
  expect((await call('GET', '/v1/blueprints/service/entities-count')).body).toEqual({ ok: true, count: 4 });
  expect((await call('GET', '/v1/blueprints/secret/entities?include=title')).list('entities')).toHaveLength(1);
});

test('a list of nothing is an empty list', async () => {
  await call('POST', '/v1/blueprints', { identifier: 'nothing' });
  expect((await call('GET', '/v1/blueprints/nothing/entities')).body).toEqual({ ok: true, entities: [] });
});

test('reads run on sessions that cannot write', async () => {
  const { rows } = await database.pool.query(
    "select distinct application_name from pg_stat_activity where datname = current_database() and application_name = 'gantry reads'",
  );
  expect(rows).toEqual([{ application_name: 'gantry reads' }]);
});
