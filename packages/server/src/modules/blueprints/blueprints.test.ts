import { beforeAll, describe, expect, test } from 'vitest';
import { withGantry } from '../../../test/with-gantry.ts';

const { call, send } = withGantry();

const service = {
  identifier: 'service',
  title: 'Service',
  schema: {
    properties: { tier: { type: 'string', enum: ['1', '2'] }, lines: { type: 'number' }, on_call: { type: 'string' } },
    required: ['tier'],
  },
  relations: { team: { target: 'squad' }, needs: { target: 'service', many: true } },
  mirrorProperties: { team_slack: { path: 'team.slack' } },
};

beforeAll(async () => {
  await call('POST', '/v1/blueprints', {
    identifier: 'squad',
    schema: { properties: { slack: { type: 'string' } } },
  });
  await call('POST', '/v1/blueprints', service);
});

describe('refusals', () => {
  test('without a token, nothing is answered', async () => {
    for (const path of ['/v1/blueprints', '/v1/blueprints/service', '/v1/model', '/v1/migrations']) {
      expect(await send('GET', path)).toMatchObject({ status: 401, body: { ok: false, error: 'unauthorized' } });
    }
  });

  test('an unknown blueprint is not_found, whatever is asked of it', async () => {
    const calls = [
      call('GET', '/v1/blueprints/nope'),
      call('PUT', '/v1/blueprints/nope', { identifier: 'nope' }),
      call('PATCH', '/v1/blueprints/nope', { title: 'x' }),
      call('DELETE', '/v1/blueprints/nope'),
      call('DELETE', '/v1/blueprints/nope/all-entities'),
      call('POST', '/v1/blueprints/nope/plan', { identifier: 'nope' }),
      call('GET', '/v1/blueprints/system/service/structure'),
      call('PATCH', '/v1/blueprints/service/properties/nope/rename', { newPropertyName: 'x' }),
      call('PATCH', '/v1/blueprints/service/relations/nope/rename', { newRelationIdentifier: 'x' }),
      call('GET', '/v1/migrations/nope'),
    ];
    for (const answer of await Promise.all(calls)) {
      expect(answer).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
    }
  });

  test('everything wrong with a blueprint is told at once, with paths', async () => {
    const answer = await call('POST', '/v1/blueprints', {
      identifier: 'a b',
      schema: { properties: { x: { type: 'text' }, 'y z': { type: 'string' } }, required: ['gone'] },
      relations: { r: { target: 'nowhere' }, both: { target: 'service', many: true, required: true } },
    });
    expect(answer.status).toBe(422);
    const paths = answer.list('problems').map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['identifier', 'schema.properties.x.type', 'relations.both']));
  });

  test('a relation must aim at a blueprint that exists', async () => {
    const answer = await call('POST', '/v1/blueprints', {
      identifier: 'lost',
      relations: { r: { target: 'nowhere' } },
    });
    expect(answer.status).toBe(422);
    expect(answer.at('problems')).toMatchObject([{ path: 'relations.r.target' }]);
  });

  test('an identifier is taken once, and those with _ are ours', async () => {
    expect((await call('POST', '/v1/blueprints', service)).status).toBe(409);
    expect((await call('POST', '/v1/blueprints', { identifier: '_mine' })).status).toBe(422);
    expect((await call('PUT', '/v1/blueprints/squad', { identifier: 'service' })).status).toBe(409);
  });

  test('a blueprint with entities or with others aiming at it cannot be deleted', async () => {
    const aimed = await call('DELETE', '/v1/blueprints/squad');
    expect(aimed).toMatchObject({ status: 409, body: { error: 'has_dependents' } });
    expect(aimed.at('message')).toContain('has_dependents');
    await call('POST', '/v1/blueprints', { identifier: 'held' });
    await call('POST', '/v1/blueprints/held/entities', { identifier: 'one' });
    const held = await call('DELETE', '/v1/blueprints/held');
    expect(held).toMatchObject({ status: 409, body: { details: { entities: 1 } } });
  });
});

describe('declaring', () => {
  test('the answer of a create equals what is read later, and nothing was invented', async () => {
    const input = { identifier: 'plain', title: 'Plain', description: '', icon: 'Box' };
    const created = await call('POST', '/v1/blueprints', input);
    expect(created.status).toBe(201);
    const { createdAt, createdBy, updatedAt, updatedBy, ...definition } = created.object('blueprint');
    expect(definition).toEqual({
      ...input,
      schema: { properties: {}, required: [] },
      ...{ relations: {}, mirrorProperties: {}, calculationProperties: {}, aggregationProperties: {} },
    });
    expect([createdAt, updatedAt]).toEqual([updatedAt, createdAt]);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([createdBy, updatedBy]).toEqual(['test-machine', 'test-machine']);
    const read = await call('GET', '/v1/blueprints/plain?exclude_calculated_properties=0xc0001');
    expect(read.body).toEqual(created.body);
  });

  test('relations come back with both booleans; mirrors keep their definition', async () => {
    const answer = await call('GET', '/v1/blueprints/service/');
    expect(answer.at('blueprint.relations')).toEqual({
      team: { target: 'squad', many: false, required: false },
      needs: { target: 'service', many: true, required: false },
    });
    expect(answer.at('blueprint.mirrorProperties')).toEqual({ team_slack: { path: 'team.slack' } });
  });

  test('PUT replaces: maps that are null or left out are emptied; meta fields are ignored', async () => {
    await call('POST', '/v1/blueprints', { ...service, identifier: 'full', relations: { team: { target: 'squad' } } });
    const answer = await call('GET', '/v1/blueprints/full');
    const { relations, mirrorProperties, ...rest } = answer.object('blueprint');
    const replaced = await call('PUT', '/v1/blueprints/full', { ...rest, relations: null, createdBy: 'somebody' });
    expect(replaced.status).toBe(200);
    expect(replaced.at('blueprint')).toMatchObject({ relations: {}, mirrorProperties: {}, createdBy: 'test-machine' });
  });

  test('PATCH replaces the keys that are given, whole', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'patched', title: 'Old', description: 'stays' });
    const answer = await call('PATCH', '/v1/blueprints/patched', { title: 'New' });
    expect(answer.at('blueprint')).toMatchObject({ title: 'New', description: 'stays' });
  });

  test('a PUT that says nothing new moves nothing', async () => {
    const before = await call('GET', '/v1/blueprints/service');
    const after = await call('PUT', '/v1/blueprints/service', before.at('blueprint'));
    expect(after.body).toEqual(before.body);
  });
});

describe('built-in blueprints', () => {
  test('exist from the first second, and cannot be deleted', async () => {
    const answer = await call('GET', '/v1/model');
    const system = answer.list('blueprints').filter((one) => one.system);
    expect(system.map(({ identifier }) => identifier)).toEqual(['_user', '_team']);
    expect((await call('DELETE', '/v1/blueprints/_user')).status).toBe(403);
    expect((await call('DELETE', '/v1/blueprints/_user/all-entities?delete_blueprint=true')).status).toBe(403);
  });

  test('are extended by PUT; the structure shows the built-in part alone, spelled the same', async () => {
    const answer = await call('GET', '/v1/blueprints/_team');
    const properties = { ...answer.object('blueprint.schema.properties'), cost: { type: 'string' } };
    const schema = { ...answer.object('blueprint.schema'), properties };
    const extended = { ...answer.object('blueprint'), schema };
    expect((await call('PUT', '/v1/blueprints/_team', extended)).status).toBe(200);
    const whole = (await call('GET', '/v1/blueprints/_team')).at('blueprint.schema.properties');
    const structure = await call('GET', '/v1/blueprints/system/_team/structure');
    expect(whole).toEqual({ ...structure.object('blueprint.schema.properties'), cost: { type: 'string' } });
    expect((await call('PUT', '/v1/blueprints/_team', answer.at('blueprint'))).status).toBe(200);
    expect((await call('GET', '/v1/blueprints/_team')).at('blueprint.schema')).toEqual(
      structure.at('blueprint.schema'),
    );
  });

  test('their built-in parts cannot be altered', async () => {
    const answer = await call('GET', '/v1/blueprints/_team');
    const altered = { ...answer.object('blueprint'), schema: { properties: { size: { type: 'string' } } } };
    expect((await call('PUT', '/v1/blueprints/_team', altered)).status).toBe(422);
  });
});

describe('changes follow into what is stored', () => {
  test('a dropped property loses its values, kept in history; a plan says so first', async () => {
    const shape = { properties: { a: { type: 'string' }, b: { type: 'string' } } };
    await call('POST', '/v1/blueprints', { identifier: 'shrinks', schema: shape });
    await call('POST', '/v1/blueprints/shrinks/entities', { identifier: 'e', properties: { a: '1', b: '2' } });
    const smaller = { identifier: 'shrinks', schema: { properties: { b: { type: 'string' } } } };
    const answer = await call('POST', '/v1/blueprints/shrinks/plan', smaller);
    expect(answer.at('plan')).toMatchObject({
      entities: 1,
      effects: [{ kind: 'property-dropped', path: 'schema.properties.a', entities: 1, destructive: true }],
    });
    await call('PUT', '/v1/blueprints/shrinks', smaller);
    expect((await call('GET', '/v1/blueprints/shrinks/entities/e')).at('entity.properties')).toEqual({ b: '2' });
    await call('PUT', '/v1/blueprints/shrinks', { identifier: 'shrinks', schema: shape });
    expect((await call('GET', '/v1/blueprints/shrinks/entities/e')).at('entity.properties')).toEqual({
      a: null,
      b: '2',
    });
  });

  test('a relation widens to a list, narrows to its first, and loses all when it is dropped or aims elsewhere', async () => {
    const relation = (many: boolean, target = 'squad') => ({
      identifier: 'links',
      relations: { to: { target, many } },
    });
    const held = async () => (await call('GET', '/v1/blueprints/links/entities/e')).at('entity.relations.to');
    await call('POST', '/v1/blueprints/squad/entities/bulk', {
      entities: [{ identifier: 's1' }, { identifier: 's2' }],
    });
    await call('POST', '/v1/blueprints', relation(false));
    await call('POST', '/v1/blueprints/links/entities', { identifier: 'e', relations: { to: 's1' } });
    await call('PUT', '/v1/blueprints/links', relation(true));
    expect(await held()).toEqual(['s1']);
    await call('PATCH', '/v1/blueprints/links/entities/e', { relations: { to: ['s2', 's1'] } });
    await call('PUT', '/v1/blueprints/links', relation(false));
    expect(await held()).toBe('s2');
    await call('PUT', '/v1/blueprints/links', relation(false, 'service'));
    expect(await held()).toBe(null);
  });

  test('a renamed blueprint takes its entities along, and every reference follows', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'old', relations: { self: { target: 'old' } } });
    await call('POST', '/v1/blueprints', { identifier: 'points', relations: { at: { target: 'old' } } });
    await call('POST', '/v1/blueprints/old/entities', { identifier: 'e' });
    await call('POST', '/v1/blueprints/points/entities', { identifier: 'p', relations: { at: 'e' } });
    const renamed = await call('PUT', '/v1/blueprints/old', {
      identifier: 'new',
      relations: { self: { target: 'old' } },
    });
    expect(renamed.at('blueprint.relations.self.target')).toBe('new');
    expect((await call('GET', '/v1/blueprints/old')).status).toBe(404);
    expect((await call('GET', '/v1/blueprints/points')).at('blueprint.relations.at.target')).toBe('new');
    expect((await call('GET', '/v1/blueprints/new/entities/e')).status).toBe(200);
    expect((await call('GET', '/v1/blueprints/points/entities/p')).at('entity.relations')).toEqual({ at: 'e' });
    expect(
      (await call('POST', '/v1/blueprints/points/entities', { identifier: 'q', relations: { at: 'e' } })).status,
    ).toBe(201);
  });

  test('a renamed property keeps its values, and mirrors follow', async () => {
    await call('POST', '/v1/blueprints/squad/entities?upsert=true', { identifier: 's1', properties: { slack: '#s1' } });
    const path = '/v1/blueprints/squad/properties/slack/rename';
    const answer = await call('PATCH', path, { newPropertyName: 'channel' });
    expect(answer.status).toBe(200);
    expect((await call('GET', '/v1/blueprints/squad/entities/s1')).at('entity.properties')).toEqual({ channel: '#s1' });
    expect((await call('GET', '/v1/blueprints/service')).at('blueprint.mirrorProperties.team_slack.path')).toBe(
      'team.channel',
    );
  });

  test('a renamed relation keeps its values; a mirror property can be renamed as well', async () => {
    await call('POST', '/v1/blueprints/service/entities', {
      identifier: 'r',
      properties: { tier: '1' },
      relations: { team: 's1' },
    });
    await call('PATCH', '/v1/blueprints/service/relations/team/rename', { newRelationIdentifier: 'owner' });
    expect((await call('GET', '/v1/blueprints/service/entities/r')).at('entity.relations.owner')).toBe('s1');
    expect((await call('GET', '/v1/blueprints/service')).at('blueprint.mirrorProperties.team_slack.path')).toBe(
      'owner.channel',
    );
    await call('PATCH', '/v1/blueprints/service/mirror/team_slack/rename', { newPropertyName: 'chat' });
    expect(Object.keys((await call('GET', '/v1/blueprints/service')).object('blueprint.mirrorProperties'))).toEqual([
      'chat',
    ]);
    const taken = await call('PATCH', '/v1/blueprints/service/properties/lines/rename', { newPropertyName: 'tier' });
    expect(taken.status).toBe(409);
  });
});

describe('deleting everything', () => {
  const finished = async (id: string) => {
    for (;;) {
      const answer = await call('GET', `/v1/migrations/${id}`);
      if (!['PENDING', 'RUNNING'].includes(answer.text('migration.status'))) return answer.object('migration');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('runs as a migration, in batches, and takes the blueprint along if asked', async () => {
    await call('POST', '/v1/blueprints', {
      identifier: 'mass',
      relations: { next: { target: 'mass', required: true } },
    });
    const chain = Array.from({ length: 1000 }, (_, index) => {
      return { identifier: `m${index}`, relations: { next: `m${Math.max(0, index - 1)}` } };
    });
    const stored = await call('POST', '/v1/blueprints/mass/entities/bulk', { entities: chain });
    expect(stored.status).toBe(200);
    const answer = await call('DELETE', '/v1/blueprints/mass/all-entities?delete_blueprint=true');
    const migration = await finished(answer.text('migrationId'));
    expect(migration).toMatchObject({
      status: 'COMPLETED',
      deletedEntities: 1000,
      sourceBlueprint: 'mass',
      mapping: {},
    });
    expect((await call('GET', '/v1/blueprints/mass')).status).toBe(404);
  });

  test('fails, with the reason, when entities of other blueprints need one', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'base' });
    await call('POST', '/v1/blueprints', {
      identifier: 'needs',
      relations: { it: { target: 'base', required: true } },
    });
    await call('POST', '/v1/blueprints/base/entities', { identifier: 'b' });
    await call('POST', '/v1/blueprints/needs/entities', { identifier: 'n', relations: { it: 'b' } });
    const answer = await call('DELETE', '/v1/blueprints/base/all-entities');
    const migration = await finished(answer.text('migrationId'));
    expect(migration).toMatchObject({ status: 'FAILURE', deletedEntities: 0 });
    expect(migration.message).toContain('needs `n`');
  });
});
