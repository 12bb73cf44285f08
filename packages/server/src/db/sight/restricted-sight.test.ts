import {
  type BlueprintSight,
  compileBlueprint,
  matches,
  memoryGraph,
  type Opening,
  presentEntity,
  type QueriedEntity,
  type Sight,
  seenBy,
} from '@gantry/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import {
  asQueried,
  type KeptEntity,
  randomCatalog,
  service,
  storeCatalog,
  storeModel,
  team,
} from '../../../test/random-catalog.ts';
import { query } from '../../../test/random-query.ts';
import { withDatabase } from '../../../test/with-database.ts';
import { presentSql } from '../../modules/search/present/present.ts';
import { readShapeOf } from '../../modules/search/present/read-shape.ts';
import { allOf, asSql } from '../filter-to-sql/condition.ts';
import { filterToSql } from '../filter-to-sql/filter-to-sql.ts';
import type { KnownBlueprint, KnownModel, SqlSight } from '../filter-to-sql/scope.ts';
import { sqlSightOf } from './restricted-sight.ts';

/** Derived properties of every kind, along every kind of path. */
const derivingService = {
  ...service,
  mirrorProperties: {
    mirrored: { path: 'owner.text' },
    deep: { path: 'parent.owner.$title' },
    used: { path: 'uses.mirrored' },
    itself: { path: 'parent.itself' },
  },
  calculationProperties: { counted: { calculation: '.', type: 'number' as const } },
  aggregationProperties: {
    total: { target: 'team', calculationSpec: { calculationBy: 'entities' as const, func: 'count' } },
  },
};
const derived = { deep: 'd', used: ['u'], itself: 'i', total: 3 };
const definitions = [derivingService, team];

const database = withDatabase();
let model: KnownModel;
beforeAll(async () => {
  model = await storeModel(database.db, definitions);
});

const opening: fc.Arbitrary<Opening> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Opening>(true) },
  { weight: 1, arbitrary: fc.constant<Opening>(false) },
  { weight: 3, arbitrary: query },
);
const few = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), opening, { maxKeys: 2 });
const aBlueprintSight = (properties: readonly string[], relations: readonly string[]) =>
  fc.record({ read: opening, properties: few(properties), relations: few(relations) }).map(
    ({ read, properties, relations }): BlueprintSight => ({
      read,
      property: (key) => properties[key] ?? true,
      relation: (key) => relations[key] ?? true,
      isOpen: [read, ...Object.values(properties), ...Object.values(relations)].every((one) => one === true),
    }),
  );
const { schema, mirrorProperties } = derivingService;
const aSight: fc.Arbitrary<Sight> = fc
  .record({
    service: aBlueprintSight(
      [...Object.keys({ ...schema.properties, ...mirrorProperties }), 'counted', 'total'],
      Object.keys(service.relations),
    ),
    team: aBlueprintSight(['text'], ['parent']),
  })
  .map((sights) => ({
    isWhole: sights.service.isOpen && sights.team.isOpen,
    of: (name) => sights[name as keyof typeof sights],
  }));

const aCatalog = randomCatalog.map((entities) =>
  entities.map(
    (entity): KeptEntity =>
      entity.blueprint === 'service' ? { ...entity, computed: { ...entity.computed, ...derived } } : entity,
  ),
);

/** What is left for these eyes, in memory. */
function look(sight: Sight, catalog: readonly KeptEntity[]): QueriedEntity[] {
  const entities = catalog.map(asQueried);
  const graph = memoryGraph(entities, definitions);
  const find = (blueprint: string, identifier: string) =>
    entities.find((one) => one.blueprint === blueprint && one.identifier === identifier);
  return entities.flatMap((entity) => seenBy({ sight, blueprints: definitions, graph, find }, entity) ?? []);
}

const runs = { numRuns: Number(process.env.GANTRY_PROPERTY_RUNS ?? 25) };

test('a query finds in SQL what it finds among the entities as they are seen', async () => {
  const queries = fc.array(query, { minLength: 1, maxLength: 10, size: 'max' });
  const property = fc.asyncProperty(aCatalog, aSight, queries, async (catalog, sight, each) => {
    await storeCatalog(database.db, model, catalog);
    const seen = look(sight, catalog);
    const graph = memoryGraph(seen, definitions);
    const inSqlSight = sqlSightOf(sight, model);
    for (const one of each) {
      for (const blueprint of model.all) {
        const where = allOf([inSqlSight.rows(blueprint), filterToSql(one, { blueprint, model, sight: inSqlSight })]);
        const { rows } = await sql<{ identifier: string }>`
          select identifier from entity e where blueprint_id = ${blueprint.id} and ${asSql(where)}`.execute(
          database.db,
        );
        const expected = seen.filter(({ blueprint: name }) => name === blueprint.identifier);
        const found = rows.map(({ identifier }) => identifier).sort();
        const meant = expected.filter((entity) => matches(one, entity, graph)).map(({ identifier }) => identifier);
        expect({ query: one, found }).toEqual({ query: one, found: meant.sort() });
      }
    }
  });
  await fc.assert(property, runs);
}, 120_000);

test('an entity is written in SQL as it is seen, property by property', async () => {
  const titled = fc.constantFrom({}, { attach_title_to_relation: 'true' });
  const property = fc.asyncProperty(aCatalog, aSight, titled, async (catalog, sight, asked) => {
    await storeCatalog(database.db, model, catalog);
    const inSqlSight = sqlSightOf(sight, model);
    const seen = look(sight, catalog);
    for (const blueprint of model.all) {
      const written = await documents(blueprint, inSqlSight, asked);
      const meant = seen.filter((one) => one.blueprint === blueprint.identifier).sort(byIdentifier);
      expect(written).toEqual(
        meant.map((entity) => presented(blueprint, entity, seen, 'attach_title_to_relation' in asked)),
      );
    }
  });
  await fc.assert(property, runs);
}, 120_000);

test('the sources that stand in for the tables hold what is seen, and relations between that', async () => {
  const property = fc.asyncProperty(aCatalog, aSight, async (catalog, sight) => {
    await storeCatalog(database.db, model, catalog);
    const { entities, relations } = sqlSightOf(sight, model);
    const seen = look(sight, catalog);
    const { rows } = await sql<{ name: string }>`
      select b.identifier || '/' || e.identifier as name from ${entities} as e join blueprint b on b.id = e.blueprint_id
    `.execute(database.db);
    expect(rows.map(({ name }) => name).sort()).toEqual(seen.map(nameOf).sort());
    const links = await sql<{ link: string }>`
      select b.identifier || '/' || s.identifier || ' ' || r.name || ' ' || r.target_identifier as link
      from ${relations} as r join entity s on s.id = r.source_id join blueprint b on b.id = s.blueprint_id
    `.execute(database.db);
    const meant = seen.flatMap((entity) =>
      Object.entries(entity.relations).flatMap(([key, held]) =>
        [held ?? []].flat().map((name) => `${nameOf(entity)} ${key} ${name}`),
      ),
    );
    expect(links.rows.map(({ link }) => link).sort()).toEqual(meant.sort());
  });
  await fc.assert(property, runs);
}, 120_000);

const nameOf = ({ blueprint, identifier }: QueriedEntity) => `${blueprint}/${identifier}`;
const byIdentifier = (left: QueriedEntity, right: QueriedEntity) => (left.identifier < right.identifier ? -1 : 1);

async function documents(blueprint: KnownBlueprint, sight: SqlSight, asked: object): Promise<unknown[]> {
  const document = presentSql(compileBlueprint(blueprint.definition), readShapeOf(asked), { blueprint, model, sight });
  const { rows } = await sql<{ document: string }>`
    select ${document} as document from entity e
    where blueprint_id = ${blueprint.id} and ${asSql(sight.rows(blueprint))} order by identifier`.execute(database.db);
  return rows.map((row) => JSON.parse(row.document));
}

/** What core says of an entity as it is seen: the API's words for it. */
function presented(
  { definition }: KnownBlueprint,
  entity: QueriedEntity,
  seen: readonly QueriedEntity[],
  isTitled: boolean,
): unknown {
  const { properties, relations, scorecards = {}, title = null, icon = null } = entity;
  const own = Object.entries(properties).filter(([key]) => Object.hasOwn(definition.schema.properties, key));
  const held = Object.entries(relations).filter(([, value]) => value !== null) as [string, string | string[]][];
  const titleOf = (blueprint: string, identifier: string) =>
    seen.find((one) => one.blueprint === blueprint && one.identifier === identifier)?.title ?? null;
  const record = {
    ...{ identifier: entity.identifier, title, icon, team: [...entity.team], scorecards },
    ...{ properties: Object.fromEntries(own), computed: properties, relations: Object.fromEntries(held) },
    ...{ createdAt: entity.createdAt, createdBy: entity.createdBy },
    ...{ updatedAt: entity.updatedAt, updatedBy: entity.updatedBy },
  };
  return presentEntity(compileBlueprint(definition), record, isTitled ? { titleOf } : {});
}
