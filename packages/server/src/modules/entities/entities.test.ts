import { beforeAll, describe, expect, test } from 'vitest';
import { withGantry } from '../../../test/with-gantry.ts';

const { call, send, bearer, database } = withGantry();

const read = async (blueprint: string, identifier: string) =>
  call('GET', `/v1/blueprints/${blueprint}/entities/${encodeURIComponent(identifier)}`);
const put = (blueprint: string, body: unknown, query = '') =>
  call('POST', `/v1/blueprints/${blueprint}/entities${query}`, body);

const property = {
  text: { type: 'string' },
  tier: { type: 'string', enum: ['1', '2'], default: '2' },
  lines: { type: 'number' },
  live: { type: 'boolean' },
  meta: { type: 'object' },
  tags: { type: 'array' },
};

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'squad' });
  await call('POST', '/v1/blueprints', {
    identifier: 'service',
    schema: { properties: property, required: ['tier'] },
    relations: { squad: { target: 'squad' }, needs: { target: 'service', many: true } },
  });
  await call('POST', '/v1/blueprints', {
    identifier: 'deploy',
    relations: { service: { target: 'service', required: true } },
  });
  await call('POST', '/v1/blueprints/squad/entities/bulk', { entities: [{ identifier: 'a' }, { identifier: 'b' }] });
});

describe('refusals', () => {
  test('nobody writes without a token', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const path = method === 'POST' ? '/v1/blueprints/squad/entities' : '/v1/blueprints/squad/entities/a';
      expect(await send(method, path, { body: {} })).toMatchObject({ status: 401, body: { ok: false } });
    }
  });

  test('unknown blueprints and entities are not_found', async () => {
    const answers = await Promise.all([
      put('nope', { identifier: 'x' }),
      call('POST', '/v1/blueprints/nope/entities/bulk', { entities: [{}] }),
      call('DELETE', '/v1/blueprints/squad/entities/nope'),
      call('DELETE', '/v1/blueprints/nope/entities/a'),
      call('PATCH', '/v1/blueprints/squad/entities/nope', {}),
      call('PUT', '/v1/blueprints/squad/entities/nope', { identifier: 'other' }),
      call('GET', '/v1/blueprints/squad/entities/nope/changes'),
      call('GET', '/v1/blueprints/squad/entities/nope/provenance'),
      call('POST', '/v1/trash/1/restore'),
      call('DELETE', '/v1/trash/x'),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
  });

  test('everything wrong with an entity is told at once, with paths', async () => {
    const answer = await put('service', {
      identifier: 'bad',
      properties: { tier: '9', lines: 'many', live: 1, nope: true },
      relations: { squad: ['a'], nope: 'x' },
    });
    expect(answer.status).toBe(422);
    expect(answer.list('problems').map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'properties.tier',
        'properties.lines',
        'properties.live',
        'properties.nope',
        'relations.squad',
        'relations.nope',
      ]),
    );
  });

  test('a missing target is not_found by that very code, naming it; nothing is stored', async () => {
    const answer = await put('service', { identifier: 'lonely', relations: { squad: 'ghost', needs: ['phantom'] } });
    expect(answer).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
    expect(answer.text('message')).toContain('squad `ghost`');
    expect(answer.text('message')).toContain('service `phantom`');
    expect((await read('service', 'lonely')).status).toBe(404);
  });

  test('a required relation needs a value, and protects its target', async () => {
    expect((await put('deploy', { identifier: 'd' })).status).toBe(422);
    await put('service', { identifier: 'needed' });
    await put('deploy', { identifier: 'd', relations: { service: 'needed' } });
    const answer = await call('DELETE', '/v1/blueprints/service/entities/needed');
    expect(answer).toMatchObject({ status: 409, body: { error: 'has_dependents', details: { count: 1 } } });
    expect(answer.text('message')).toContain('deploy `d`');
    const cleared = await call('PATCH', '/v1/blueprints/deploy/entities/d', { relations: { service: null } });
    expect(cleared.status).toBe(422);
  });

  test('stubs are never made of protected blueprints', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'owned', relations: { by: { target: '_user' } } });
    const answer = await put(
      'owned',
      { identifier: 'o', relations: { by: 'x@y.z' } },
      '?create_missing_related_entities=true',
    );
    expect(answer.status).toBe(404);
  });
});

describe('create, upsert, merge', () => {
  const whole = { text: null, tier: '2', lines: null, live: null, meta: null, tags: null };

  test('a create lists every property and relation, fills defaults, and equals what is read', async () => {
    const created = await put('service', { identifier: 'c1', title: 'One', properties: { text: 'x' } });
    expect(created.status).toBe(201);
    expect(created.at('entity')).toMatchObject({
      ...{ identifier: 'c1', title: 'One', blueprint: 'service', team: [] },
      properties: { ...whole, text: 'x' },
      relations: { squad: null, needs: [] },
    });
    expect((await read('service', 'c1')).body).toEqual(created.body);
  });

  test('without an identifier one is made, and kept', async () => {
    const created = await put('squad', { title: 'No name' });
    const identifier = created.text('entity.identifier');
    expect(identifier).not.toBe('');
    expect((await read('squad', identifier)).at('entity.title')).toBe('No name');
  });

  test('a number is an identifier; without a title the identifier stands in', async () => {
    expect((await put('squad', { identifier: 42 })).at('entity')).toMatchObject({ identifier: '42', title: '42' });
  });

  test('a second create is refused; upsert replaces, upsert with merge changes parts', async () => {
    await put('service', { identifier: 'u1', properties: { text: 'x', lines: 1 }, relations: { squad: 'a' } });
    expect(await put('service', { identifier: 'u1' })).toMatchObject({
      status: 409,
      body: { error: 'already_exists' },
    });
    const merged = await put('service', { identifier: 'u1', properties: { lines: 2 } }, '?upsert=true&merge=true');
    expect(merged.status).toBe(200);
    expect(merged.at('entity.properties')).toEqual({ ...whole, text: 'x', lines: 2 });
    expect(merged.at('entity.relations')).toEqual({ squad: 'a', needs: [] });
    const replaced = await put('service', { identifier: 'u1', properties: { lines: 3 } }, '?upsert=true');
    expect(replaced.at('entity.properties')).toEqual({ ...whole, lines: 3 });
    expect(replaced.at('entity.relations')).toEqual({ squad: null, needs: [] });
  });

  test('null clears, in a merge too, and keeps the default away', async () => {
    await put('service', { identifier: 'n1', properties: { text: 'x' }, relations: { squad: 'a' } });
    const cleared = await call('PATCH', '/v1/blueprints/service/entities/n1', {
      title: null,
      properties: { text: null },
      relations: { squad: null },
    });
    expect(cleared.at('entity.properties.text')).toBe(null);
    expect(cleared.at('entity.relations.squad')).toBe(null);
    expect((await put('service', { identifier: 'n2', properties: { tier: null } })).status).toBe(422);
  });

  test('a lone text becomes the list of a many relation; lists keep their order', async () => {
    for (const identifier of ['m1', 'm2', 'm3']) await put('service', { identifier });
    const lone = await put('service', { identifier: 'many', relations: { needs: 'm3' } });
    expect(lone.at('entity.relations.needs')).toEqual(['m3']);
    const list = await call('PATCH', '/v1/blueprints/service/entities/many', {
      relations: { needs: ['m3', 'm1', 'm2'] },
    });
    expect(list.at('entity.relations.needs')).toEqual(['m3', 'm1', 'm2']);
  });

  test('stubs are made for missing targets when asked for', async () => {
    const query = '?create_missing_related_entities=true';
    const answer = await put('deploy', { identifier: 'dx', relations: { service: 'made-up' } }, query);
    expect(answer.status).toBe(201);
    expect((await read('service', 'made-up')).at('entity.title')).toBe('made-up');
  });

  test('validation only checks all and keeps nothing', async () => {
    const good = await put('service', { identifier: 'v1' }, '?validation_only=true');
    expect(good).toMatchObject({ status: 201, body: { ok: true, entity: { identifier: 'v1' } } });
    expect((await put('service', { identifier: 'v1', properties: { x: 1 } }, '?validation_only=true')).status).toBe(
      422,
    );
    expect((await read('service', 'v1')).status).toBe(404);
  });

  test('identifiers travel percent-encoded, plus signs as they are', async () => {
    const names = ['a/b', 'x:y@z', 'p+q', 'e=f', 'back\\slash', 'ünïcode', 'a'.repeat(1000)];
    for (const identifier of names) {
      expect((await put('squad', { identifier })).status, identifier).toBe(201);
      expect((await read('squad', identifier)).at('entity.identifier')).toBe(identifier);
    }
    expect((await call('GET', '/v1/blueprints/squad/entities/p+q')).at('entity.identifier')).toBe('p+q');
    expect((await call('GET', '/v1/blueprints/squad/entities/x:y@z')).status).toBe(200);
    expect((await call('DELETE', '/v1/blueprints/squad/entities/a%2Fb')).status).toBe(200);
  });

  test('empty run_id, unknown query parameters and trailing slashes are normal', async () => {
    const answer = await call('POST', '/v1/blueprints/squad/entities/?run_id=&ocean_info_event_type=x', {
      identifier: 'q',
    });
    expect(answer.status).toBe(201);
  });
});

describe('what exporters lean on', () => {
  test('the User-Agent of the last writer is the datasource, also of a write that says nothing new', async () => {
    const authorization = bearer();
    const writeAs = (agent: string) =>
      send('POST', '/v1/blueprints/squad/entities?upsert=true', {
        body: { identifier: 'from-agent' },
        headers: { authorization, 'user-agent': agent },
      });
    const stored = async () =>
      (await database.pool.query("select datasource, updated_at from entity where identifier = 'from-agent'")).rows[0];
    await writeAs('port-ocean/github/1.0/x/exporter');
    const first = await stored();
    await writeAs('port-ocean/gitlab/2.0/y/exporter');
    const second = await stored();
    expect([first.datasource, second.datasource]).toEqual([
      'port-ocean/github/1.0/x/exporter',
      'port-ocean/gitlab/2.0/y/exporter',
    ]);
    expect(second.updated_at).toEqual(first.updated_at);
  });

  test('a type is changed in two steps: without the property, then with it anew', async () => {
    const shape = (type?: string) => ({
      identifier: 'retyped',
      schema: { properties: { ...(type ? { it: { type } } : {}), other: { type: 'string' } } },
    });
    await call('POST', '/v1/blueprints', shape('string'));
    await put('retyped', { identifier: 'e', properties: { it: 'text', other: 'stays' } });
    for (const type of ['number', 'boolean', 'array', 'object', 'string']) {
      expect((await call('PUT', '/v1/blueprints/retyped', shape())).status).toBe(200);
      expect((await call('PUT', '/v1/blueprints/retyped', shape(type))).status).toBe(200);
      expect((await read('retyped', 'e')).at('entity.properties')).toEqual({ it: null, other: 'stays' });
    }
  });

  test('numbers that JSON can write but nobody can store are refused', async () => {
    const authorization = bearer();
    const raw = '{"identifier":"infinite","properties":{"lines":1e999}}';
    const answer = await send('POST', '/v1/blueprints/service/entities', { raw, headers: { authorization } });
    expect(answer.status).toBe(422);
  });
});

describe('a write that says nothing new', () => {
  test('moves nothing and tells nothing, but renews the datasource', async () => {
    const body = { identifier: 'same', properties: { meta: { a: 1, b: [1, 2] }, lines: 1 }, relations: { squad: 'a' } };
    const first = await put('service', body);
    const facts = async () => (await database.pool.query('select count(*)::int as n from outbox')).rows[0].n;
    const before = await facts();
    const again = { ...body, properties: { lines: 1.0, meta: { b: [1, 2], a: 1 } } };
    const second = await put('service', again, '?upsert=true');
    expect(second.body).toEqual(first.body);
    expect(await facts()).toBe(before);
    const { rows } = await database.pool.query(
      "select count(*)::int as n from change c join entity e on e.id = c.entity_id where e.identifier = 'same'",
    );
    expect(rows[0].n).toBe(1);
  });
});

describe('bulk', () => {
  const bulk = (blueprint: string, entities: unknown[], query = '') =>
    call('POST', `/v1/blueprints/${blueprint}/entities/bulk${query}`, { entities });

  test('the good are stored, each failure is told by its place', async () => {
    const answer = await bulk('service', [
      { identifier: 'b0' },
      { identifier: 'b1', properties: { lines: 'x' } },
      { identifier: 'b2', relations: { squad: 'ghost' } },
      'nonsense',
      { identifier: 'b 4' },
    ]);
    expect(answer.status).toBe(207);
    expect(answer.at('entities')).toEqual([{ identifier: 'b0', index: 0, created: true }]);
    expect(answer.list('errors').map(({ index, statusCode, error }) => [index, statusCode, error])).toEqual([
      [1, 422, 'invalid_request'],
      [2, 404, 'not_found'],
      [3, 422, 'invalid_request'],
      [4, 422, 'invalid_request'],
    ]);
  });

  test('all good is 200 with an empty list of errors', async () => {
    const answer = await bulk('squad', [{ identifier: 'z1' }, { identifier: 'a' }]);
    expect(answer).toMatchObject({ status: 200, body: { ok: true, errors: [] } });
    expect(answer.list('entities').map(({ created }) => created)).toEqual([true, false]);
  });

  test('items of a batch may name each other, in any order and in circles', async () => {
    const answer = await bulk('service', [
      { identifier: 'r1', relations: { needs: ['r2', 'r3'] } },
      { identifier: 'r2', relations: { needs: 'r3' } },
      { identifier: 'r3', relations: { needs: 'r1' } },
    ]);
    expect(answer.status).toBe(200);
    const { rows } = await database.pool.query('select count(*)::int as n from relation where target_id is null');
    expect(rows[0].n).toBe(0);
  });

  test('whoever names a refused item is refused with it, through any number of hops', async () => {
    const answer = await bulk('service', [
      { identifier: 'h1', relations: { needs: 'h2' } },
      { identifier: 'h2', relations: { needs: 'h3' } },
      { identifier: 'h3', properties: { lines: 'x' } },
      { identifier: 'h4' },
    ]);
    expect(answer.list('entities').map(({ identifier }) => identifier)).toEqual(['h4']);
    expect(answer.list('errors').map(({ error }) => error)).toEqual(['not_found', 'not_found', 'invalid_request']);
  });

  test('the same entity twice in a batch is written twice, the later one wins', async () => {
    const answer = await bulk('service', [
      { identifier: 'twice', properties: { lines: 1 } },
      { identifier: 'twice', properties: { lines: 2 } },
    ]);
    expect(answer.list('entities').map(({ created }) => created)).toEqual([true, false]);
    expect((await read('service', 'twice')).at('entity.properties.lines')).toBe(2);
  });

  test('deleting many skips what is missing and answers what went', async () => {
    await bulk('squad', [{ identifier: 'k1' }, { identifier: 'k2' }]);
    const answer = await call('POST', '/v1/blueprints/squad/bulk/entities/delete', {
      entities: ['k1', 'nope', 'k2', 'k1'],
    });
    expect(answer).toMatchObject({ status: 200, body: { ok: true, deletedEntities: ['k1', 'k2'] } });
  });

  test('empty lists and too many items are refused', async () => {
    expect((await bulk('squad', [])).status).toBe(422);
    expect((await call('POST', '/v1/blueprints/squad/entities/bulk', { entities: {} })).status).toBe(422);
  });
});

describe('searches in place of names', () => {
  const where = (property: string, operator: string, value: unknown) => {
    return { combinator: 'and', rules: [{ property, operator, value }] };
  };

  beforeAll(async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'person',
      schema: { properties: { email: { type: 'string' }, skills: { type: 'array' } } },
      relations: { boss: { target: 'person' }, peers: { target: 'person', many: true } },
    });
    const entities = ['ann', 'bob', 'cat'].map((identifier) => {
      return { identifier, title: 'Same', properties: { email: `${identifier}@x.y`, skills: ['go'] } };
    });
    await call('POST', '/v1/blueprints/person/entities/bulk', { entities });
    await put('_team', { identifier: 'core-team', title: 'Core' });
  });

  test('an identifier found by exactly one match is that entity; its real name is answered', async () => {
    const found = await put(
      'person',
      { identifier: where('email', '=', 'bob@x.y'), title: 'Bob' },
      '?upsert=true&merge=true',
    );
    expect(found).toMatchObject({ status: 200, body: { entity: { identifier: 'bob', title: 'Bob' } } });
    const none = await put('person', { identifier: where('email', '=', 'zed@x.y') }, '?upsert=true');
    expect(none.status).toBe(404);
    const several = await put('person', { identifier: where('skills', 'contains', 'go') }, '?upsert=true');
    expect(several.status).toBe(422);
    const { rows } = await database.pool.query(
      "select from entity e join blueprint b on b.id = e.blueprint_id where b.identifier = 'person'",
    );
    expect(rows.length).toBe(3);
  });

  test('in a batch such a failure is reported as unknown', async () => {
    const entities = [{ identifier: where('email', '=', 'no@x.y') }, { identifier: where('email', '=', 'cat@x.y') }];
    const answer = await call('POST', '/v1/blueprints/person/entities/bulk?upsert=true&merge=true', { entities });
    expect(answer.list('errors')).toMatchObject([{ identifier: 'unknown', index: 0, statusCode: 404 }]);
    expect(answer.at('entities')).toEqual([{ identifier: 'cat', index: 1, created: false }]);
  });

  test('relations and teams hold what the search finds now', async () => {
    const answer = await put('person', {
      identifier: 'dan',
      team: where('$title', '=', 'Core'),
      relations: { boss: where('email', 'in', ['ann@x.y']), peers: where('skills', 'contains', 'go') },
    });
    expect(answer.at('entity')).toMatchObject({
      team: ['core-team'],
      relations: { boss: 'ann', peers: ['ann', 'bob', 'cat'] },
    });
    const nobody = await put('person', { identifier: 'eve', relations: { boss: where('email', '=', 'no') } });
    expect(nobody.at('entity.relations.boss')).toBe(null);
  });
});

describe('renaming', () => {
  test('whoever names the entity goes on doing so, in single and many relations', async () => {
    await put('squad', { identifier: 'before' });
    await put('service', { identifier: 'n-old', relations: { squad: 'before' } });
    await put('service', { identifier: 'n-holder', relations: { needs: ['c1', 'n-old', 'u1'] } });
    expect((await call('PUT', '/v1/blueprints/squad/entities/before', { identifier: 'after' })).status).toBe(200);
    const path = '/v1/blueprints/service/entities/n-old';
    const renamed = await call('PUT', path, { identifier: 'n-new', relations: { squad: 'after', needs: ['n-old'] } });
    expect(renamed.at('entity')).toMatchObject({
      identifier: 'n-new',
      relations: { squad: 'after', needs: ['n-new'] },
    });
    expect((await read('service', 'n-new')).body).toEqual(renamed.body);
    expect((await read('service', 'n-holder')).at('entity.relations.needs')).toEqual(['c1', 'n-new', 'u1']);
    const { rows } = await database.pool.query("select from former_identifier where identifier = 'n-old'");
    expect(rows.length).toBe(1);
  });

  test('to a name that is taken is refused; a new holder of the old name ends the redirect', async () => {
    await put('squad', { identifier: 'x1' });
    await put('squad', { identifier: 'x2' });
    expect((await call('PUT', '/v1/blueprints/squad/entities/x1', { identifier: 'x2' })).status).toBe(409);
    await call('PUT', '/v1/blueprints/squad/entities/x1', { identifier: 'x3' });
    await put('squad', { identifier: 'x1' });
    const { rows } = await database.pool.query("select from former_identifier where identifier = 'x1'");
    expect(rows.length).toBe(0);
  });
});

describe('deleting and restoring', () => {
  test('names of the deleted are cleared, and come back with it', async () => {
    await put('service', { identifier: 't1', title: 'Tee', properties: { text: 'kept' }, relations: { squad: 'a' } });
    await put('service', { identifier: 't2', relations: { needs: ['m1', 't1'] } });
    await call('DELETE', '/v1/blueprints/service/entities/t1');
    expect((await read('service', 't2')).at('entity.relations.needs')).toEqual(['m1']);
    const trash = await call('GET', '/v1/trash?blueprint=service&entity=t1');
    const [trashed] = trash.list('trash');
    expect(trashed).toMatchObject({ blueprint: 'service', identifier: 't1', title: 'Tee', deletedBy: 'test-machine' });
    const restored = await call('POST', `/v1/trash/${trashed?.id}/restore`);
    expect(restored.at('entity')).toMatchObject({
      identifier: 't1',
      properties: { text: 'kept' },
      relations: { squad: 'a' },
    });
    expect((await read('service', 't2')).at('entity.relations.needs')).toEqual(['m1', 't1']);
    const changes = await call('GET', '/v1/blueprints/service/entities/t1/changes');
    expect(changes.list('changes').map(({ action }) => action)).toEqual(['restored', 'deleted', 'created']);
  });

  test('dependents go along when asked, however deep', async () => {
    await put('service', { identifier: 'root' });
    await put('deploy', { identifier: 'dep1', relations: { service: 'root' } });
    expect((await call('DELETE', '/v1/blueprints/service/entities/root?delete_dependents=true')).status).toBe(200);
    expect((await read('deploy', 'dep1')).status).toBe(404);
  });

  test('an entity whose name was taken, or that lacks what its blueprint now requires, is not restored', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'strict', schema: { properties: { p: { type: 'string' } } } });
    await put('strict', { identifier: 's' });
    await call('DELETE', '/v1/blueprints/strict/entities/s');
    const { id } = (await call('GET', '/v1/trash?blueprint=strict')).list('trash')[0] ?? {};
    await put('strict', { identifier: 's', properties: { p: 'x' } });
    expect((await call('POST', `/v1/trash/${id}/restore`)).status).toBe(409);
    await call('DELETE', '/v1/blueprints/strict/entities/s');
    const schema = { properties: { p: { type: 'string' } }, required: ['p'] };
    await call('PUT', '/v1/blueprints/strict', { identifier: 'strict', schema });
    expect((await call('POST', `/v1/trash/${id}/restore`)).status).toBe(422);
    expect((await call('DELETE', `/v1/trash/${id}`)).status).toBe(200);
    expect((await call('POST', `/v1/trash/${id}/restore`)).status).toBe(404);
  });

  test('the trash pages through, newest first', async () => {
    const seen: unknown[] = [];
    let from = '';
    do {
      const page = await call('GET', `/v1/trash?limit=2${from}`);
      seen.push(...page.list('trash').map(({ id }) => id));
      const next = page.at('next');
      from = typeof next === 'string' ? `&from=${encodeURIComponent(next)}` : '';
    } while (from !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(3);
    expect((await call('GET', '/v1/trash?from=nonsense')).status).toBe(422);
  });
});

describe('history and origins', () => {
  test('say who changed what, from what to what', async () => {
    await put('service', { identifier: 'hist', properties: { text: 'one' } });
    await call('PATCH', '/v1/blueprints/service/entities/hist', {
      properties: { text: 'two' },
      relations: { squad: 'a' },
    });
    const answer = await call('GET', '/v1/blueprints/service/entities/hist/changes?limit=1');
    expect(answer.list('changes')).toMatchObject([
      {
        action: 'updated',
        actor: { id: 'test-machine', label: 'test-machine', kind: 'machine' },
        origin: { kind: 'machine' },
        diff: [
          { path: 'properties.text', before: 'one', after: 'two' },
          { path: 'relations.squad', after: 'a' },
        ],
      },
    ]);
    const next = await call('GET', `/v1/blueprints/service/entities/hist/changes?from=${answer.text('next')}`);
    expect(next.list('changes')).toMatchObject([{ action: 'created' }]);
    expect(next.at('next')).toBe(null);
  });

  test('say where each value came from', async () => {
    await put('service', { identifier: 'prov', properties: { text: 'one', lines: 1 } });
    await call('PATCH', '/v1/blueprints/service/entities/prov', { properties: { text: 'two' } });
    const answer = await call('GET', '/v1/blueprints/service/entities/prov/provenance');
    expect(Object.keys(answer.object('properties'))).toEqual(['*', 'properties.text']);
    expect(answer.body).toMatchObject({ sightings: [], problems: [] });
  });
});
