import { exportAuditLog, listAuditLog, routes } from '@gantry/contract';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { admin, withGantry } from '../../../test/with-gantry.ts';
import { forget } from './retention.ts';

const door = withGantry();
const { call, send } = door;

const list = async (query = '') => (await call('GET', `/v1/audit-log${query}`)).list('audits');
const names = async (query: string) =>
  (await list(query)).map(({ action, context }) => {
    const { blueprint, ...object } = context as Record<string, string>;
    return [action, blueprint, ...Object.values(object)].join(' ');
  });

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'service', schema: { properties: { tier: { type: 'string' } } } });
  await call('POST', '/v1/blueprints', { identifier: 'team' });
  await call('POST', '/v1/blueprints/service/entities', { identifier: 'cart', properties: { tier: 'gold' } });
  await call('PATCH', '/v1/blueprints/service/entities/cart', { title: 'Cart', properties: { tier: null } });
  await call('POST', '/v1/blueprints/team/entities', { identifier: 'cart' });
});

describe('what an entry says', () => {
  test('of an entity: what was different, in the shape of an entity', async () => {
    const [entry] = await list('?entity=cart&blueprint=service&limit=1');
    expect(entry).toEqual({
      identifier: expect.stringMatching(/^\d+$/),
      action: 'UPDATE',
      resourceType: 'entity',
      status: 'SUCCESS',
      trigger: {
        by: { userId: 'test-machine', label: 'test-machine', kind: 'machine' },
        at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        origin: 'API',
      },
      context: { blueprint: 'service', entity: 'cart' },
      diff: { before: { properties: { tier: 'gold' } }, after: { title: 'Cart' } },
      additionalData: { change: 'updated', origin: { kind: 'machine', label: expect.any(String) } },
    });
  });

  test('of configuration: the whole, before and after', async () => {
    const [entry] = await list('?resources=blueprint&object=team');
    expect(entry).toMatchObject({ action: 'CREATE', diff: { before: null, after: { identifier: 'team' } } });
  });

  test('`includes` names the parts that are wanted', async () => {
    expect(await list('?includes=action,status&limit=1')).toEqual([{ action: 'CREATE', status: 'SUCCESS' }]);
  });

  test('by which way somebody came is told from who they are and what program they use', async () => {
    const programs = {
      'gantry-cli/1.0': 'CLI',
      'port-ocean/github/1.0/mine/exporter': 'SYNC',
      'terraform-provider-port-labs/2': 'TERRAFORM',
      'port-mcp-server/1': 'MCP',
      curl: 'API',
    };
    for (const [program, origin] of Object.entries(programs)) {
      const headers = { authorization: door.bearer(), 'user-agent': program };
      const at = '/v1/blueprints/team/entities?upsert=true';
      await send('POST', at, { body: { identifier: 'cart', title: program }, headers });
      await send('PATCH', '/v1/organization', { body: { name: program }, headers });
      for (const resource of ['entity', 'organization']) {
        const [entry] = await list(`?resources=${resource}&limit=1`);
        expect(entry, `${resource} by ${program}`).toMatchObject({ trigger: { origin } });
      }
    }
  });
});

test('a person at a browser comes by the web interface', async () => {
  const session = await send('POST', '/v1/session', { body: admin });
  const headers = { cookie: String(session.headers['set-cookie']).split(';')[0] ?? '', 'user-agent': 'Mozilla/5.0' };
  await send('POST', '/v1/blueprints/team/entities?upsert=true', { body: { identifier: 'web' }, headers });
  await send('PATCH', '/v1/organization', { body: { name: 'By a person' }, headers });
  for (const resource of ['entity', 'organization']) {
    const [entry] = await list(`?resources=${resource}&limit=1`);
    expect(entry).toMatchObject({ trigger: { by: { label: admin.email, kind: 'user' }, origin: 'UI' } });
  }
});

describe('filters', () => {
  test('each narrows, and together they must all hold', async () => {
    expect(await names('?blueprint=service')).toEqual(['UPDATE service cart', 'CREATE service cart', 'CREATE service']);
    expect(await names('?blueprint=service&action=CREATE&resources=entity')).toEqual(['CREATE service cart']);
    expect(await names('?blueprint=service&resources=blueprint,organization')).toEqual(['CREATE service']);
    expect(await names('?blueprint=service&resources[]=blueprint&resources[]=run')).toEqual(['CREATE service']);
    expect((await names('?object=cart')).length).toBeGreaterThan(3);
    expect(await names('?blueprint=service&status=FAILURE')).toEqual([]);
    expect(await names('?blueprint=service&actor=somebody')).toEqual([]);
    expect(await names('?blueprint=service&entity=cart&actor=test-machine&origin=API')).toHaveLength(2);
    expect(await names('?run_id=&webhookId=&blueprint=service')).toHaveLength(3);
    for (const nobody of ['run_id', 'webhookId', 'webhookEventId', 'InstallationId']) {
      expect(await names(`?${nobody}=x`), nobody).toEqual([]);
    }
    expect(await names('?actionType=automation')).toEqual([]);
  });

  test('times bound it: `from` included, `to` not', async () => {
    const all = await list('?blueprint=service');
    const [, { trigger } = {}] = all;
    const { at } = trigger as { at: string };
    expect((await list(`?blueprint=service&from=${at}`)).length).toBeGreaterThanOrEqual(2);
    expect(await list(`?blueprint=service&to=${at}`)).toHaveLength(1);
    expect(await list('?to=2000-01-01')).toEqual([]);
    expect((await list('?from=2000-01-01T00:00:00%2B02:00')).length).toBeGreaterThan(3);
  });

  test('one entry is found by its identifier', async () => {
    const entries = await list('?limit=4');
    for (const { identifier } of entries) {
      expect((await list(`?identifier=${identifier}`)).map((entry) => entry.identifier)).toEqual([identifier]);
    }
  });

  test('everything wrong with them is told at once', async () => {
    const bad =
      'identifier=a&origin=FAX&resources=boat&includes=all&action=EAT&status=MAYBE&actionType=b&from=soon&to=2026-13-01&limit=0&cursor=x';
    const answer = await call('GET', `/v1/audit-log?${bad}`);
    expect(answer.status).toBe(422);
    const paths = answer.list('problems').map(({ path }) => path);
    expect([...paths].sort()).toEqual(
      bad
        .split('&')
        .map((pair) => pair.split('=')[0])
        .sort(),
    );
    expect((await call('GET', '/v1/audit-log/export?origin=FAX&format=csv')).status).toBe(422);
    expect((await call('GET', '/v1/audit-log/export?format=pdf')).status).toBe(422);
  });

  test('a renamed blueprint and a renamed entity are found by both their names', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'old' });
    await call('POST', '/v1/blueprints/old/entities', { identifier: 'first' });
    await call('PATCH', '/v1/blueprints/old/entities/first', { identifier: 'second' });
    await call('PATCH', '/v1/blueprints/old', { identifier: 'new' });
    for (const blueprint of ['old', 'new']) {
      for (const entity of ['first', 'second']) {
        expect(await names(`?blueprint=${blueprint}&entity=${entity}`), entity).toHaveLength(
          blueprint === 'new' ? 2 : 0,
        );
        expect(await names(`?resources=entity&blueprint=${blueprint}&object=${entity}`)).toHaveLength(
          blueprint === 'new' ? 2 : 0,
        );
      }
      expect(await names(`?resources=entity&blueprint=${blueprint}`)).toHaveLength(2);
    }
  });

  test('what is deleted is found when asked for, even when it is gone for good', async () => {
    await call('POST', '/v1/blueprints/team/entities', { identifier: 'gone' });
    await call('DELETE', '/v1/blueprints/team/entities/gone');
    expect(await names('?entity=gone')).toEqual([]);
    const both = ['DELETE team gone', 'CREATE team gone'];
    expect(await names('?entity=gone&include_deleted_entities=true')).toEqual(both);
    expect(await names('?object=gone')).toEqual(both);
    const { id } = (await call('GET', '/v1/trash?entity=gone')).list('trash')[0] ?? {};
    await call('DELETE', `/v1/trash/${id}`);
    expect(await names('?entity=gone&include_deleted_entities=true')).toEqual(['DELETE team gone', ...both]);
    expect(await names('?entity=gone')).toEqual([]);
    await call('POST', '/v1/blueprints/team/entities', { identifier: 'gone' });
    expect(await names('?entity=gone')).toEqual(['CREATE team gone']);
    expect(await names('?entity=gone&blueprint=team&include_deleted_entities=true')).toHaveLength(4);
  });

  test('a deleted blueprint keeps its name in what happened to its entities', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'short' });
    await call('POST', '/v1/blueprints/short/entities', { identifier: 'lived' });
    await call('DELETE', '/v1/blueprints/short/entities/lived');
    await call('DELETE', '/v1/blueprints/short');
    expect(await names('?object=lived')).toEqual(['DELETE short lived', 'CREATE short lived']);
    expect(await names('?blueprint=short')).toHaveLength(4);
  });
});

test('pages by cursor hold every entry once, newest first, and the export holds the same', async () => {
  const all = (await list('?limit=1000')).map(({ identifier }) => identifier);
  const paged: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = await call('GET', `/v1/audit-log?limit=3&cursor=${cursor}`);
    paged.push(...page.list('audits').map(({ identifier }) => identifier));
    const next = page.at('next');
    if (typeof next !== 'string') break;
    cursor = next;
  }
  expect(paged).toEqual(all);
  expect([...all].sort((one, other) => Number(other) - Number(one))).toEqual(all);

  const lines = await call('GET', '/v1/audit-log/export');
  expect(lines.headers).toMatchObject({ 'content-type': expect.stringContaining('ndjson') });
  const parsed = String(lines.body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(parsed.map(({ identifier }) => identifier)).toEqual(all);
  const csv = await call('GET', '/v1/audit-log/export?format=csv&blueprint=service');
  expect(String(csv.body).split('\r\n')).toHaveLength(5);
  expect(csv.headers['content-disposition']).toContain('audit-log.csv');
});

describe('AL-3 whoever is kept out is written down', () => {
  const refusals = async (query: string) => {
    await vi.waitFor(async () => expect(await list(`?status=FAILURE&${query}`)).not.toEqual([]), 5000);
    return list(`?status=FAILURE&${query}`);
  };

  test('nobody in particular, with address and program', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 Somebody' };
    expect((await send('DELETE', '/v1/blueprints/service', { headers })).status).toBe(401);
    const [entry] = await refusals('resources=blueprint');
    expect(entry).toMatchObject({
      action: 'DELETE',
      context: { blueprint: 'service' },
      trigger: { by: { userId: null, label: 'nobody', kind: 'anonymous' }, origin: 'UI' },
      diff: { before: null, after: null },
      additionalData: { address: '127.0.0.1', program: 'Mozilla/5.0 Somebody', route: 'blueprints.delete' },
    });
  });

  test('a wrong password, by the account that was tried; never by what was typed', async () => {
    for (const email of [admin.email, 'my-password-in-the-wrong-field']) {
      const answer = await send('POST', '/v1/session', { body: { email, password: 'sesame-open-up' } });
      expect(answer.status).toBe(401);
    }
    const entries = await refusals('resources=session');
    expect(entries.map(({ context }) => context)).toEqual(
      expect.arrayContaining([{ session: admin.email }, { session: '' }]),
    );
    const { rows } = await door.database.pool.query('select json_agg(audit)::text as everything from audit');
    expect(rows[0].everything).not.toMatch(/sesame-open-up|my-password/);
  });

  test('what repeats is counted', async () => {
    for (let times = 0; times < 5; times++) await send('GET', '/v1/trash');
    const [entry] = await refusals('action=READ&resources=entity');
    expect(entry).toMatchObject({ additionalData: { times: 5, error: 'unauthorized' } });
  });
});

describe('AL-2 what is written stays', () => {
  test('no route writes to the log', () => {
    const about = routes.filter(({ path }) => path.startsWith('/v1/audit'));
    expect(about).toEqual([listAuditLog, exportAuditLog]);
    for (const { method, permission } of about) expect([method, permission]).toEqual(['GET', 'audit:read']);
  });

  test('not even the database takes a correction', async () => {
    await expect(door.database.pool.query("update audit set actor = 'eve'")).rejects.toThrow('cannot be changed');
  });

  test('only time takes entries away', async () => {
    await door.database.pool.query(
      `insert into audit (at, action, status, resource_type, resource, context, actor_label, actor_kind, channel, details)
       select now() - make_interval(days => age), 'READ', 'SUCCESS', 'audit', 'aged', '{}', 'x', 'system', 'SYSTEM', '{}'
       from unnest(array[399, 401]) as age`,
    );
    expect(await forget(door.database.db, 400)).toBe(1);
    expect(await list('?object=aged')).toHaveLength(1);
  });
});
