import { encodeCursor, parseQuery, parseSort } from '@gantry/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const red = member('red', ['red']);
const { call, send } = withGantry({}, { authority: vouchingFor({ red }) });

type Method = Parameters<typeof call>[0];
const asRed = (method: Method, path: string, body?: unknown) =>
  send(method, path, { body, headers: { authorization: 'Bearer red' } });
const entities = '/v1/blueprints/service/entities';
const text = async (answer: ReturnType<typeof asRed>) => JSON.stringify((await answer).body);
const owned = { ownedByTeam: true };

/** What a member of the team red sees: entities of the team, and of those neither `salary` nor `boss`. */
beforeAll(async () => {
  await call('POST', '/v1/blueprints', {
    identifier: 'service',
    schema: { properties: { note: { type: 'string' }, salary: { type: 'number' }, old: { type: 'string' } } },
    relations: {
      uses: { target: 'service', many: true },
      parent: { target: 'service' },
      boss: { target: 'service' },
    },
  });
  await call('PATCH', '/v1/blueprints/service/permissions', {
    entities: {
      read: owned,
      register: owned,
      update: owned,
      unregister: owned,
      readProperties: { salary: { roles: ['Admin'] } },
      readRelations: { boss: { roles: ['Admin'] } },
    },
  });
  const make = (identifier: string, rest: object) => call('POST', entities, { identifier, ...rest });
  await make('hidden', { title: 'Secret plan', team: ['blue'] });
  await make('mine', { team: ['red'], properties: { note: 'hi', salary: 7 } });
});

const put = (identifier: string, body: object) => call('PATCH', `${entities}/${identifier}`, body);

describe('what is hidden cannot be told from what does not exist', () => {
  test.each([
    ['GET', ''],
    ['GET', '/related'],
    ['GET', '/changes'],
    ['GET', '/provenance'],
  ] as const)('%s of an entity%s', async (method, rest) => {
    const hidden = await asRed(method, `${entities}/hidden${rest}`);
    const absent = await asRed(method, `${entities}/absent${rest}`);
    expect(hidden.status).toBe(404);
    expect(JSON.stringify(hidden.body).replaceAll('hidden', 'absent')).toBe(JSON.stringify(absent.body));
  });

  test('neither in the graph, nor by a word of it, nor by a word almost like one', async () => {
    expect((await asRed('GET', '/v1/graph?blueprint=service&entity=hidden')).status).toBe(404);
    for (const word of ['secret', 'secrte', 'hidden', 'hiden']) {
      expect((await asRed('GET', `/v1/search?q=${word}`)).at('results')).toEqual([]);
    }
  });

  test('a name it had is no way to its new one', async () => {
    await call('POST', entities, { identifier: 'before', team: ['blue'] });
    await put('before', { identifier: 'after' });
    const answer = await asRed('GET', `${entities}/before`);
    expect(answer.status).toBe(404);
    expect(await text(asRed('GET', `${entities}/before`))).not.toContain('after');
  });

  test('a name that relations hold comes to nothing, whether something has it or not', async () => {
    await put('mine', { relations: { uses: ['hidden', 'mine'], parent: 'hidden', boss: 'mine' } });
    const seen = (await asRed('GET', `${entities}/mine?attach_title_to_relation=true`)).object('entity');
    expect(seen.relations).toEqual({ uses: [{ identifier: 'mine', title: 'mine' }], parent: null, boss: null });
    const groups = (await asRed('GET', `${entities}/mine/related`)).list('groups');
    expect(groups.map(({ relation, direction, count }) => [relation, direction, count])).toEqual([
      ['uses', 'out', 1],
      ['uses', 'in', 1],
    ]);
  });

  test('a relation to it is refused in the words for what does not exist', async () => {
    const relate = (name: string) => asRed('PATCH', `${entities}/mine`, { relations: { parent: name } });
    const [hidden, absent] = [await relate('hidden'), await relate('absent')];
    expect(hidden.status).toBe(absent.status);
    expect(JSON.stringify(hidden.body).replaceAll('hidden', 'absent')).toBe(JSON.stringify(absent.body));
  });

  test('who needs it is not named', async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'contract',
      relations: { subject: { target: 'service', required: true } },
    });
    await call('PATCH', '/v1/blueprints/contract/permissions', { entities: { read: owned } });
    await call('POST', '/v1/blueprints/contract/entities', { identifier: 'sealed', relations: { subject: 'mine' } });
    const refused = await asRed('DELETE', `${entities}/mine`);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(refused.body)).not.toContain('sealed');
  });

  test('an answer to a write says no more than a read', async () => {
    const answer = await asRed('PATCH', `${entities}/mine`, { properties: { note: 'written' } });
    expect(answer.object('entity')).toMatchObject({ properties: { note: 'written', salary: null } });
    expect(await text(asRed('GET', `${entities}/mine`))).toBe(JSON.stringify(answer.body));
  });
});

describe('the past', () => {
  test('tells only of what is seen', async () => {
    await call('POST', entities, { identifier: 'past', team: ['red'] });
    await put('past', { properties: { salary: 5 } });
    await put('past', { properties: { note: 'x', salary: 6 }, relations: { uses: ['hidden', 'mine'], boss: 'mine' } });
    const changes = (await asRed('GET', `${entities}/past/changes`)).list('changes');
    expect(changes.map(({ diff }) => diff)).toEqual([
      [
        { path: 'properties.note', after: 'x' },
        { path: 'relations.uses', after: ['mine'] },
      ],
      [{ path: 'identifier', after: 'past' }],
    ]);
    const origins = (await asRed('GET', `${entities}/past/provenance`)).object('properties');
    expect(Object.keys(origins)).not.toContain('properties.salary');
    const whole = (await call('GET', `${entities}/past/changes`)).list('changes');
    expect(whole).toHaveLength(3);
  });

  test('of a property that is gone is not for those who could not be granted it', async () => {
    await call('POST', entities, { identifier: 'dropped', team: ['red'], properties: { old: 'x' } });
    await put('dropped', { properties: { old: 'was here' } });
    const blueprint = (await call('GET', '/v1/blueprints/service')).object('blueprint');
    const { old: _, ...properties } = (blueprint.schema as { properties: Record<string, unknown> }).properties;
    await call('PUT', '/v1/blueprints/service?confirm=true', { ...blueprint, schema: { properties } });
    expect(await text(asRed('GET', `${entities}/dropped/changes`))).not.toContain('was here');
  });

  test('a deleted entity is in the trash of those who saw it', async () => {
    for (const [identifier, team] of [
      ['red_gone', 'red'],
      ['blue_gone', 'blue'],
    ]) {
      await call('POST', entities, { identifier, team: [team] });
      await call('DELETE', `${entities}/${identifier}`);
    }
    const seen = (await asRed('GET', '/v1/trash?blueprint=service')).list('trash');
    expect(seen.map(({ identifier }) => identifier)).toEqual(['red_gone']);
    expect((await call('GET', '/v1/trash?blueprint=service')).list('trash')).toHaveLength(2);
    expect((await asRed('GET', `${entities}/red_gone/changes`)).status).toBe(200);
    expect((await asRed('GET', `${entities}/blue_gone/changes`)).status).toBe(404);
  });
});

describe('by asking in other ways', () => {
  test('a hidden value cannot be searched, sorted or counted by', async () => {
    const rule = { property: 'salary', operator: '>', value: 1 };
    const found = await asRed('POST', `${entities}/search`, {
      query: { combinator: 'and', rules: [rule] },
      count: true,
    });
    expect(found.body).toMatchObject({ entities: [], total: 0 });
    const values = await asRed('POST', '/v1/entities/aggregate', {
      ...{ func: 'countValues', property: 'salary', blueprint: 'service', query: { combinator: 'and', rules: [] } },
    });
    expect(values.list('result').map(({ value }) => value)).toEqual([null]);
  });

  test('a cursor that somebody forged compares only with what they see', async () => {
    const asked = { sort: [{ property: 'salary' }], limit: 1 };
    const [query, sort] = [parseQuery(undefined), parseSort(asked.sort)];
    if (!query.ok || !sort.ok) throw new Error('The question is sound.');
    const question = { blueprint: 'service', query: query.value, sort: sort.value, search: '' };
    const after = (salary: number) => {
      const from = encodeCursor({ values: [salary], tie: [''] }, question);
      return asRed('POST', `${entities}/search`, { ...asked, limit: 100, from });
    };
    const [below, above] = [await after(1), await after(100)];
    expect(below.list('entities').length).toBeGreaterThan(1);
    expect(above.body).toEqual(below.body);
  });

  test('nobody reads in themselves what is hidden from them', async () => {
    const users = (await call('GET', '/v1/blueprints/_user')).object('blueprint');
    const schema = users.schema as { properties: object };
    const properties = { ...schema.properties, grade: { type: 'string' } };
    await call('PUT', '/v1/blueprints/_user', { ...users, schema: { ...schema, properties } });
    await call('PATCH', '/v1/blueprints/_user/permissions', {
      entities: { readProperties: { grade: { roles: ['Admin'] } } },
    });
    const made = await call('POST', '/v1/blueprints/_user/entities', {
      ...{ identifier: red.label, properties: { grade: 'K9' } },
    });
    expect(made.status).toBe(201);
    const rule = { property: { context: 'user', property: 'grade' }, operator: '=', value: 'K9' };
    const asked = { query: { combinator: 'and', rules: [rule] } };
    expect((await asRed('POST', `${entities}/search`, asked)).list('entities')).toEqual([]);
  });

  test('where nothing of a blueprint is seen it has no entities; what it declares is no secret', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'vault' });
    await call('PATCH', '/v1/blueprints/vault/permissions', { entities: { read: { roles: ['Admin'] } } });
    await call('POST', '/v1/blueprints/vault/entities', { identifier: 'gold' });
    const model = (await asRed('GET', '/v1/model')).list('blueprints');
    expect(model.find(({ identifier }) => identifier === 'vault')).toMatchObject({
      entityCount: 0,
      lastUpdatedAt: null,
    });
    expect((await asRed('GET', '/v1/blueprints/vault/entities')).list('entities')).toEqual([]);
    expect((await asRed('GET', '/v1/blueprints/vault/entities-count')).at('count')).toBe(0);
  });
});
