import { compileBlueprint, presentEntity } from '@gantry/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import {
  asQueried,
  type KeptEntity,
  randomCatalog,
  storeCatalog,
  storeModel,
} from '../../../../test/random-catalog.ts';
import { withDatabase } from '../../../../test/with-database.ts';
import type { KnownBlueprint, KnownModel } from '../../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../../db/filter-to-sql/whole-sight.ts';
import { presentSql } from './present.ts';
import { type ReadQuery, readShapeOf } from './read-shape.ts';

const database = withDatabase();
let model: KnownModel;
beforeAll(async () => {
  model = await storeModel(database.db);
});

async function inSql(blueprint: KnownBlueprint, query: ReadQuery): Promise<unknown[]> {
  const document = presentSql(compileBlueprint(blueprint.definition), readShapeOf(query), {
    ...{ blueprint, model, sight: wholeSqlSight },
  });
  const { rows } = await sql<{ document: string }>`
    select ${document} as document from entity e where blueprint_id = ${blueprint.id} order by identifier`.execute(
    database.db,
  );
  return rows.map((row) => JSON.parse(row.document));
}

function inMemory(blueprint: KnownBlueprint, query: ReadQuery, catalog: readonly KeptEntity[]): unknown[] {
  const shape = readShapeOf(query);
  const titleOf = (name: string, identifier: string) =>
    catalog.find((entity) => entity.blueprint === name && entity.identifier === identifier)?.title ?? null;
  return catalog
    .filter((entity) => entity.blueprint === blueprint.identifier)
    .sort((left, right) => (left.identifier < right.identifier ? -1 : 1))
    .map((entity) => {
      const { createdAt, createdBy, updatedAt, updatedBy } = asQueried(entity);
      const stamps = { createdAt, createdBy, updatedAt, updatedBy };
      return presentEntity(
        compileBlueprint(blueprint.definition),
        { ...entity, ...stamps, scorecards: entity.levels },
        {
          include: [...(shape.include ?? [])],
          exclude: [...shape.exclude],
          excludeCalculated: !shape.derived,
          titleOf: shape.relationTitles ? titleOf : undefined,
        },
      );
    });
}

const part = fc.constantFrom(
  ...['title', 'icon', 'team', 'properties', 'relations', 'scorecards', 'createdAt', 'updatedBy', 'nonsense'],
  ...['properties.text', 'properties.tags', 'properties.mirrored', 'properties.counted', 'properties.nothing'],
  ...['relations.owner', 'relations.uses', 'scorecards.Ready', 'identifier', 'blueprint'],
);
const names = fc.oneof(
  fc.array(part, { maxLength: 4 }),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((list) => list.join(',')),
);
const flag = fc.constantFrom('true', '1', '0', 'false', '0xc000123');
const readQuery = fc.record(
  { include: names, exclude: names, exclude_calculated_properties: flag, attach_title_to_relation: flag },
  { requiredKeys: [] },
);

test('SQL writes what presentEntity gives, whatever part is asked for', async () => {
  const property = fc.asyncProperty(
    randomCatalog,
    fc.array(readQuery, { minLength: 1, maxLength: 10, size: 'max' }),
    async (catalog, queries) => {
      await storeCatalog(database.db, model, catalog);
      for (const query of queries) {
        for (const blueprint of model.all) {
          const read = { query, entities: await inSql(blueprint, query) };
          expect(read).toEqual({ query, entities: inMemory(blueprint, query, catalog) });
        }
      }
    },
  );
  await fc.assert(property, { numRuns: Number(process.env.GANTRY_PROPERTY_RUNS ?? 20) });
});
