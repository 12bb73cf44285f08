import {
  type Actor,
  type BlueprintPermissions,
  memoryGraph,
  noOwnPermissions,
  parsePermissions,
  permissionsOf,
  type QueriedEntity,
  seenBy,
  sightOf,
} from '@gantry/core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  asQueried,
  type KeptEntity,
  randomCatalog,
  service,
  storeCatalog,
  storedModel,
  team,
} from '../../../test/random-catalog.ts';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { type TestGantry, withGantry } from '../../../test/with-gantry.ts';

/**
 * The law everything else follows from: what the API answers a member is what it would answer if there were nothing but
 * what the member sees. Two Gantries are asked the same: one holds the catalog, and a member asks; the other holds what
 * core says the member sees of it, and an administrator asks.
 */
const mia = member('mia', ['a']);
const whole = withGantry({}, { authority: vouchingFor({ mia }) });
const reduced = withGantry({}, { authority: vouchingFor({}) });

const definitions = [team, { ...service, mirrorProperties: { mirrored: { path: 'owner.text' } } }];

beforeAll(async () => {
  for (const { call } of [whole, reduced]) {
    for (const definition of definitions) expect((await call('POST', '/v1/blueprints', definition)).status).toBe(201);
  }
});

const is = (property: unknown, operator: string, value: unknown) => ({ property, operator, value });
const rule = fc.constantFrom<unknown[]>(
  is('text', '=', 'a'),
  is('text', '!=', 'b'),
  is('size', '>', 0),
  is('$team', 'containsAny', ['ab']),
  is('$identifier', 'in', ['a', 'b', 'c']),
  is('$identifier', '=', { context: 'userTeams', property: '$identifier' }),
  is({ context: 'user', property: 'email' }, 'endsWith', '@example.com'),
  is({ path: ['owner'] }, 'matchAny', 'a'),
  is({ path: ['parent'] }, 'matchAny', 'b'),
  { relation: 'parent', targetProperty: '$title', operator: 'isNotEmpty' },
  { operator: 'relatedTo', blueprint: 'team', value: ['a', 'b'], direction: 'downstream' },
);
const policy = fc.record({
  combinator: fc.constantFrom('and', 'or'),
  rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
});
const grant = fc.record({
  roles: fc.constantFrom([], [], ['Member']),
  teams: fc.constantFrom([], ['other'], ['a']),
  ownedByTeam: fc.boolean(),
  policy: fc.option(policy),
});
const mostly = fc.option(grant, { freq: 2 });
const some = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), grant, { maxKeys: 2 });
const entitiesOf = (properties: readonly string[], relations: readonly string[]) =>
  fc.record({ read: mostly, readProperties: some(properties), readRelations: some(relations) });
const permissions = fc.record({
  service: entitiesOf(['text', 'size', 'tags', 'when', 'mirrored', 'counted'], ['owner', 'parent', 'uses']),
  team: entitiesOf(['text'], ['parent']),
});

/** What core says is seen of a catalog, as it would be kept if that were all. */
function reduce(
  catalog: readonly KeptEntity[],
  permissionsOfName: ReadonlyMap<string, BlueprintPermissions>,
  actor: Actor,
): KeptEntity[] {
  const guarded = definitions.map((definition) => {
    const { identifier } = definition;
    const held = permissionsOfName.get(identifier) ?? permissionsOf(identifier, noOwnPermissions);
    return { identifier, definition, permissions: held };
  });
  const caller = { user: { $identifier: actor.label, email: actor.label }, teams: [{ $identifier: 'a' }] };
  const sight = sightOf(actor, guarded, { now: Date.now(), caller });
  const entities = catalog.map(asQueried);
  const find = (blueprint: string, identifier: string) =>
    entities.find((one) => one.blueprint === blueprint && one.identifier === identifier);
  const at = { sight, blueprints: definitions, graph: memoryGraph(entities, definitions), find };
  return catalog.flatMap((kept, index) => {
    const seen = seenBy(at, entities[index] as QueriedEntity);
    return seen ? [keptAs(kept, seen)] : [];
  });
}

function keptAs(kept: KeptEntity, { properties, relations, scorecards = {} }: QueriedEntity): KeptEntity {
  const among = (map: object) =>
    Object.fromEntries(Object.entries(properties).filter(([key]) => Object.hasOwn(map, key)));
  const held = Object.entries(relations).filter(([, value]) => value !== null && [value].flat().length > 0);
  return {
    ...kept,
    properties: among(kept.properties),
    computed: among(kept.computed),
    relations: Object.fromEntries(held) as KeptEntity['relations'],
    levels: scorecards,
  };
}

type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;
const asking =
  ({ send }: TestGantry, token: string): Ask =>
  async (method, path, body) => {
    const { status, body: answer } = await send(method, path, { body, headers: { authorization: `Bearer ${token}` } });
    return { method, path, body, status, answer };
  };

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const keys = ['text', 'size', 'tags', 'when', 'mirrored', 'counted', 'owner', 'parent', 'uses', '$team', '$title'];
const all = { combinator: 'and', rules: [] };

/** Everything that can be asked about a catalog, but for what only its history tells. */
async function askEverything(ask: Ask, key: string, order: string, word: string): Promise<unknown[]> {
  const of = (blueprint: string) => `/v1/blueprints/${blueprint}`;
  const answers: unknown[] = [];
  for (const blueprint of ['service', 'team']) {
    answers.push(await ask('GET', `${of(blueprint)}/entities?attach_title_to_relation=true`));
    answers.push(await ask('GET', `${of(blueprint)}/entities-count`));
    const sort = [{ property: key, order }];
    for (const query of [
      all,
      { rules: [is(key, 'isEmpty', null)] },
      { rules: [is('text', '=', 'a'), is(key, '!=', 1)] },
    ]) {
      answers.push(await ask('POST', `${of(blueprint)}/entities/search`, { query, sort, limit: 2, count: true }));
      answers.push(await ask('POST', `${of(blueprint)}/entities/search`, { query, sort, search: word, limit: 500 }));
    }
    const columns = blueprint === 'service' ? keys : ['text', 'parent', 'title'];
    answers.push(await ask('POST', `${of(blueprint)}/entities/export`, { columns, format: 'csv', sort, query: all }));
    for (const func of ['countValues', 'sum', 'min']) {
      answers.push(await ask('POST', '/v1/entities/aggregate', { func, property: key, blueprint, query: all }));
    }
    answers.push(
      await ask('POST', '/v1/entities/aggregate', { func: 'countValues', relation: key, blueprint, query: all }),
    );
    for (const name of names) {
      answers.push(await ask('GET', `${of(blueprint)}/entities/${name}`));
      answers.push(await ask('GET', `${of(blueprint)}/entities/${name}/related?limit=2`));
      answers.push(await ask('GET', `/v1/graph?blueprint=${blueprint}&entity=${name}&depth=3`));
    }
  }
  answers.push(await ask('GET', '/v1/model'));
  answers.push(await ask('GET', `/v1/search?q=${word}`));
  answers.push(await ask('POST', '/v1/entities/search', { rules: [is({ path: ['owner'] }, 'matchAny', 'a')] }));
  answers.push(
    await ask('POST', '/v1/entities/search', { rules: [{ operator: 'relatedTo', blueprint: 'team', value: 'a' }] }),
  );
  answers.push(await ask('POST', '/v1/blueprints/entities/datasource-entities', { datasource_prefix: 'port' }));
  return answers.map(withoutStamps);
}

/** Blueprints are declared at two moments, and each answer has a number of its own. */
function withoutStamps(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value) => {
    if (key === 'traceId') return undefined;
    const isBlueprint = typeof value === 'object' && value !== null && 'entityCount' in value;
    return isBlueprint ? { ...value, createdAt: '', updatedAt: '' } : value;
  });
  return JSON.parse(text);
}

const runs = { numRuns: Number(process.env.GANTRY_PROPERTY_RUNS ?? 10) };

test('a member is answered as if there were nothing but what they see', async () => {
  const asked = fc.record({
    key: fc.constantFrom(...keys),
    order: fc.constantFrom('asc', 'desc'),
    word: fc.constantFrom('a', 'b', 'ab', 'zz'),
  });
  const property = fc.asyncProperty(randomCatalog, permissions, asked, async (catalog, given, { key, order, word }) => {
    const held = new Map<string, BlueprintPermissions>();
    for (const definition of definitions) {
      const { identifier } = definition;
      const reset = await whole.database.pool.query(
        `update blueprint set permissions = '{"entities":{}}' where identifier = $1`,
        [identifier],
      );
      expect(reset.rowCount).toBe(1);
      const sent = { entities: given[identifier as 'service' | 'team'] };
      expect((await whole.call('PATCH', `/v1/blueprints/${identifier}/permissions`, sent)).status).toBe(200);
      const parsed = parsePermissions(definition, sent, noOwnPermissions);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      held.set(identifier, permissionsOf(identifier, parsed.value));
    }
    await storeCatalog(whole.database.db, await storedModel(whole.database.db, definitions), catalog);
    const seen = reduce(catalog, held, mia);
    await storeCatalog(reduced.database.db, await storedModel(reduced.database.db, definitions), seen);
    const answers = await askEverything(asking(whole, 'mia'), key, order, word);
    expect(answers).toEqual(await askEverything(asking(reduced, 'admin'), key, order, word));
    // An answer that refuses the question would be the same to both.
    for (const answer of answers) expect([200, 404]).toContain((answer as { status: number }).status);
  });
  await fc.assert(property, runs);
}, 300_000);
