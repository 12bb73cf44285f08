import { type BoundQuery, matches, memoryGraph } from '@gantry/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  asQueried,
  type KeptEntity,
  randomCatalog,
  service,
  storeCatalog,
  storeModel,
  team,
} from '../../../test/random-catalog.ts';
import { bound, query, scalar } from '../../../test/random-query.ts';
import { withDatabase } from '../../../test/with-database.ts';
import { filterToSql } from './filter-to-sql.ts';
import type { KnownBlueprint, KnownModel } from './scope.ts';
import { wholeSqlSight } from './whole-sight.ts';

const database = withDatabase();
let model: KnownModel;
beforeAll(async () => {
  model = await storeModel(database.db);
});

async function inSql(query: BoundQuery, blueprint: KnownBlueprint): Promise<string[]> {
  const condition = filterToSql(query, { blueprint, model, sight: wholeSqlSight });
  const where = typeof condition === 'boolean' ? sql.lit(condition) : condition;
  const { rows } = await sql<{ identifier: string }>`
    select identifier from entity e where blueprint_id = ${blueprint.id} and ${where} order by identifier`.execute(
    database.db,
  );
  return rows.map(({ identifier }) => identifier);
}

function inMemory(query: BoundQuery, blueprint: KnownBlueprint, catalog: readonly KeptEntity[]): string[] {
  const entities = catalog.map(asQueried);
  const graph = memoryGraph(entities, [service, team]);
  return entities
    .filter((entity) => entity.blueprint === blueprint.identifier && matches(query, entity, graph))
    .map(({ identifier }) => identifier)
    .sort();
}

/** What people ask most: several own properties, each equal to something. */
const equality = fc
  .record({ key: fc.constantFrom('text', 'when', 'size', 'isLive', 'tags', 'mirrored', 'unknown'), value: scalar })
  .map(({ key, value }) =>
    bound({ operand: { kind: 'own', key }, negated: false, test: { kind: 'oneOf', values: [value], instants: [] } }),
  );
const equalities = fc
  .array(equality, { minLength: 1, maxLength: 4 })
  .map((nodes): BoundQuery => ({ kind: 'group', combinator: 'and', nodes }));

const runs = { numRuns: Number(process.env.GANTRY_PROPERTY_RUNS ?? 20) };

describe('a query in SQL finds what it finds in memory', () => {
  test.each([
    ['random queries', query],
    ['several equalities', equalities],
  ])(
    '%s over random catalogs',
    async (_, asked) => {
      const queries = fc.array(asked, { minLength: 1, maxLength: 20, size: 'max' });
      const property = fc.asyncProperty(randomCatalog, queries, async (catalog, each) => {
        await storeCatalog(database.db, model, catalog);
        for (const one of each) {
          for (const blueprint of model.all) {
            const found = await inSql(one, blueprint);
            expect({ query: one, found }).toEqual({ query: one, found: inMemory(one, blueprint, catalog) });
          }
        }
      });
      await fc.assert(property, runs);
    },
    60_000,
  );
});
