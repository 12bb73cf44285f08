import { parseSort, type Sort } from '@gantry/core';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { storeModel } from '../../../../test/random-catalog.ts';
import { withDatabase } from '../../../../test/with-database.ts';
import { answersOf } from '../../../db/answers.ts';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../../db/filter-to-sql/whole-sight.ts';
import { Notifications } from '../../../events/notifications.ts';
import { ModelMemory } from '../../blueprints/index.ts';
import { accept } from '../question.ts';
import { findAlongOrder, findBySorting, type PageQuestion } from './find-page.ts';
import { OrderIndexes } from './order-indexes.ts';
import { sortKeysOf } from './sort-keys.ts';

const database = withDatabase();
let scope: FilterScope;
let orders: OrderIndexes;

beforeAll(async () => {
  const model = await storeModel(database.db);
  scope = { model, blueprint: model.service, sight: wholeSqlSight };
  const notifications = new Notifications({ connectionString: database.url }, pino({ level: 'silent' }));
  orders = new OrderIndexes(database.db, new ModelMemory(database.db, notifications));
  await sql`insert into entity (blueprint_id, identifier, properties, provenance, created_at, created_by, updated_at, updated_by)
    select ${model.service.id}, 's' || lpad(n::text, 4, '0'),
      jsonb_build_object('size', n % 10, 'text', case when n > 3990 then 'rare' else 'common' end),
      '{}', now(), 'x', now(), 'x' from generate_series(1, 4000) as n`.execute(database.db);
  await sql`analyze entity`.execute(database.db);
});

const sortBy = (...terms: object[]): Sort => accept(parseSort(terms));
const bySize = sortBy({ property: 'size', order: 'desc' });
const indexes = async () =>
  (await database.db.selectFrom('order_index').select('name').execute()).map(({ name }) => name);

const question = (sort: Sort, text: string): PageQuestion => ({
  blueprint: scope.blueprint,
  filter: sql`e.properties @> ${JSON.stringify({ text })}::jsonb`,
  keys: sortKeysOf(sort, scope),
  after: null,
  offset: 0,
  limit: 5,
  present: sql<string>`e.identifier`,
});

test('what is rare is found by sorting, once walking along the order has looked at enough', async () => {
  const answers = answersOf(database.db);
  const common = await findAlongOrder(question([], 'common'), answers);
  expect(common?.map(({ document }) => document)).toEqual(['s0001', 's0002', 's0003', 's0004', 's0005']);
  expect(await findAlongOrder(question([], 'rare'), answers)).toBeNull();
  const rare = await findBySorting(question([], 'rare'), answers);
  expect(rare.map(({ document }) => document)).toEqual(['s3991', 's3992', 's3993', 's3994', 's3995']);
  // The rest of the order is shorter than what is looked at, so that nothing more can be there.
  const late = { ...question([], 'none'), after: ['s2000'] };
  expect(await findAlongOrder(late, answers)).toEqual([]);
});

test('an order gets an index of its own, which its pages then walk along', async () => {
  const keys = sortKeysOf(bySize, scope);
  expect(await orders.has(keys, scope.blueprint.id)).toBe(false);
  await orders.make('service', bySize);
  await orders.make('service', bySize);
  expect(await orders.has(keys, scope.blueprint.id)).toBe(true);
  const [name = ''] = await indexes();
  const plan = await sql<{ 'QUERY PLAN': string }>`explain select id from entity
    where blueprint_id = ${sql.lit(scope.blueprint.id)}
    order by json_number(properties -> 'size') desc nulls last, identifier limit 50`.execute(database.db);
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(name);
});

test('only slow pages ask for one, once', async () => {
  const sort = sortBy({ property: 'text' });
  const waiting = async () => (await sql`select key from graphile_worker.jobs`.execute(database.db)).rows.length;
  await orders.noteSorted(1, sort, scope);
  expect(await waiting()).toBe(0);
  await orders.noteSorted(100, sort, scope);
  await orders.noteSorted(100, sort, scope);
  expect(await waiting()).toBe(1);
  await orders.noteSorted(100, sortBy({ property: '$team' }), scope);
  expect(await waiting()).toBe(1);
});

test('of too many orders of a blueprint the one asked for longest ago loses its index', async () => {
  const [first] = await indexes();
  await sql`update order_index set asked_at = now() - interval '1 day' where name = ${first}`.execute(database.db);
  for (const property of ['text', 'when', 'isLive', '$icon', '$createdAt', '$createdBy', 'mirrored', 'counted']) {
    await orders.make('service', sortBy({ property }));
  }
  const names = await indexes();
  expect(names).toHaveLength(8);
  expect(names).not.toContain(first);
});

test('indexes nobody asks for, or of blueprints that are gone, are dropped', async () => {
  const [kept, ...others] = await indexes();
  await sql`update order_index set asked_at = now() - interval '31 days' where name <> ${kept}`.execute(database.db);
  await orders.dropUnused();
  expect(await indexes()).toEqual([kept]);
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where indexname like 'entity_order_%'`.execute(database.db);
  expect(rows).toEqual([{ name: kept }]);
  expect(others).toHaveLength(7);
});
