import { expect, test } from 'vitest';
import { withGantry } from '../../../test/with-gantry.ts';

const { call, database } = withGantry();

/** Everything the catalog holds, as far as people see it. */
async function snapshot() {
  const listed = (await call('GET', '/v1/blueprints')).list('blueprints');
  const entities = await database.db
    .selectFrom('entity')
    .select(['identifier', 'properties', 'relations'])
    .orderBy('id')
    .execute();
  const trash = await database.db.selectFrom('trash').select('id').execute();
  const blueprints = listed.map(({ updatedAt: _at, updatedBy: _by, ...rest }) => rest);
  return { blueprints, entities, trash };
}

const demo = async () => (await call('GET', '/v1/demo')).at('demo');

test('the demo is loaded once, however often it is asked for, and leaves as if it had never been', async () => {
  const before = await snapshot();
  expect(await demo()).toEqual({ loaded: false, entities: 0 });

  const loaded = await call('POST', '/v1/demo');
  expect(loaded.status).toBe(200);
  expect(loaded.at('demo.entities')).toBeGreaterThan(280);
  expect((await call('POST', '/v1/demo')).at('demo')).toEqual(loaded.at('demo'));
  const model = await call('GET', '/v1/blueprints');
  expect(model.list('blueprints').length).toBe(before.blueprints.length + 15);

  const dangling = await database.db.selectFrom('relation').select('name').where('target_id', 'is', null).execute();
  expect(dangling).toEqual([]);

  const removed = await call('DELETE', '/v1/demo');
  expect(removed.body).toEqual({ ok: true, demo: { loaded: false, entities: 0 }, kept: [] });
  expect(await snapshot()).toEqual(before);
});

test('deleting some of it by hand is no change of the rest', async () => {
  await call('POST', '/v1/demo');
  const deleted = await call('DELETE', '/v1/blueprints/topic/entities/order-events');
  expect(deleted.status).toBe(200);
  const removed = await call('DELETE', '/v1/demo');
  expect(removed.at('kept')).toEqual([]);
});

test('a blueprint of the same name that means something else is a refusal, and nothing is brought', async () => {
  const before = await snapshot();
  await call('POST', '/v1/blueprints', { identifier: 'pipeline', schema: { properties: {}, required: [] } });
  const refused = await call('POST', '/v1/demo');
  expect(refused.status).toBe(409);
  expect(refused.text('message')).toMatch(/pipeline/);
  await call('DELETE', '/v1/blueprints/pipeline');
  expect((await snapshot()).entities).toEqual(before.entities);
});

test('what somebody changed stays, with what it cannot be without, and nothing is tagged any more', async () => {
  await call('POST', '/v1/demo');
  await call('PATCH', '/v1/blueprints/slo/entities/cart-slo', { properties: { target: 99 } });
  await call('POST', '/v1/blueprints/service/entities', {
    identifier: 'ours',
    properties: { type: 'API', lifecycle: 'Production' },
    relations: { depends_on: ['orders'] },
  });
  const removed = await call('DELETE', '/v1/demo');
  expect(removed.at('demo')).toEqual({ loaded: false, entities: 0 });
  expect(removed.at('kept')).toEqual([
    { blueprint: 'service', identifier: 'cart', reason: 'needed' },
    { blueprint: 'slo', identifier: 'cart-slo', reason: 'changed' },
  ]);
  const ours = await call('GET', '/v1/blueprints/service/entities/ours');
  expect(ours.at('entity.relations.depends_on')).toEqual([]);
  const left = (await call('GET', '/v1/blueprints')).list('blueprints').map(({ identifier }) => identifier);
  // A blueprint stays as long as one that stays aims at it.
  expect(left).toEqual(expect.arrayContaining(['service', 'slo', 'capability']));
  expect(left).not.toContain('cluster');
  expect(await demo()).toEqual({ loaded: false, entities: 0 });
});

test('starting blank ends the first run', async () => {
  expect((await call('POST', '/v1/setup/blank')).status).toBe(200);
  const row = await database.db.selectFrom('organization').select('set_up_at').executeTakeFirstOrThrow();
  expect(row.set_up_at).toBeInstanceOf(Date);
});
