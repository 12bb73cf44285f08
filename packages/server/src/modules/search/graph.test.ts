import { beforeAll, expect, test } from 'vitest';
import { foundSmallCompany } from '../../../test/small-company.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const gantry = withGantry();
const { call, database } = gantry;
beforeAll(() => foundSmallCompany(gantry));

const graph = (query: string) => call('GET', `/v1/graph?blueprint=service&entity=checkout${query}`);
const nodesOf = async (query: string) =>
  (await graph(query)).list('nodes').map(({ identifier, depth }) => `${identifier} ${depth}`);

test('neighbours are grouped by relation and direction, counted whole and cut at the limit', async () => {
  const groups = (await call('GET', '/v1/blueprints/service/entities/checkout/related?limit=1')).list('groups');
  expect(groups).toEqual([
    {
      ...{ direction: 'out', relation: 'owner', title: 'Owner', blueprint: 'squad', count: 1 },
      entities: [{ blueprint: 'squad', identifier: 'red', title: 'Red Squad', icon: null, dangling: false }],
    },
    {
      ...{ direction: 'out', relation: 'needs', title: 'Needs', blueprint: 'service', count: 2 },
      entities: [{ blueprint: 'service', identifier: 'mail', title: 'Mail sender', icon: null, dangling: false }],
    },
  ]);
  const back = (await call('GET', '/v1/blueprints/service/entities/ledger/related')).list('groups');
  expect(back).toMatchObject([
    {
      direction: 'in',
      relation: 'needs',
      count: 2,
      entities: [{ identifier: 'checkout' }, { identifier: 'payments' }],
    },
  ]);
});

test('the graph goes as far as asked, in the direction asked', async () => {
  expect(await nodesOf('&depth=0')).toEqual(['checkout 0']);
  expect(await nodesOf('&direction=out')).toEqual(['checkout 0', 'red 1', 'ledger 1', 'mail 1']);
  expect(await nodesOf('&depth=2')).toEqual(['checkout 0', 'red 1', 'ledger 1', 'mail 1', 'payments 2']);
  expect(await nodesOf('&direction=in&depth=5')).toEqual(['checkout 0']);
});

test('edges join the nodes, with the relation and its title', async () => {
  const answer = await graph('&hide=needs');
  expect(answer.body).toMatchObject({
    nodes: [{ id: 'service/checkout' }, { id: 'squad/red' }],
    edges: [{ source: 'service/checkout', target: 'squad/red', relation: 'owner', title: 'Owner' }],
    truncated: false,
  });
});

test('a circle is walked once, and every edge of it is there', async () => {
  const needs = (needed: string) => ({ relations: { needs: [needed] } });
  for (const identifier of ['x', 'y', 'z']) await call('POST', '/v1/blueprints/service/entities', { identifier });
  await call('PATCH', '/v1/blueprints/service/entities/x', needs('y'));
  await call('PATCH', '/v1/blueprints/service/entities/y', needs('z'));
  await call('PATCH', '/v1/blueprints/service/entities/z', needs('x'));
  const answer = await call('GET', '/v1/graph?blueprint=service&entity=x&depth=5&direction=out');
  expect(answer.list('nodes')).toHaveLength(3);
  expect(answer.list('edges')).toHaveLength(3);
});

test('what is named but does not exist is in it, marked', async () => {
  await call('POST', '/v1/blueprints/service/entities', { identifier: 'waits', relations: { owner: 'red' } });
  await database.pool.query(
    `update relation set target_id = null, target_identifier = 'ghost'
     where source_id = (select id from entity where identifier = 'waits')`,
  );
  const answer = await call('GET', '/v1/graph?blueprint=service&entity=waits');
  expect(answer.list('nodes')[1]).toMatchObject({ identifier: 'ghost', title: 'ghost', dangling: true, depth: 1 });
  expect(answer.list('edges')).toHaveLength(1);
  const related = await call('GET', '/v1/blueprints/service/entities/waits/related');
  expect(related.list('groups')).toMatchObject([{ entities: [{ identifier: 'ghost', dangling: true }] }]);
});

test('past the limit it is cut, nearest first, and says so', async () => {
  expect((await graph('&depth=2&limit=3')).body).toMatchObject({ truncated: true, nodes: { length: 3 } });
  expect((await graph('&limit=4')).at('truncated')).toBe(false);
  for (const query of ['&depth=6', '&limit=0', '&limit=x']) expect(await graph(query)).toMatchObject({ status: 422 });
});
