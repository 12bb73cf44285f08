import { parseInstant, parseSort, type Scalar, type Sort } from '@gantry/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type KeptEntity, randomCatalog, storeCatalog, storeModel } from '../../../../test/random-catalog.ts';
import { withDatabase } from '../../../../test/with-database.ts';
import { answersOf } from '../../../db/answers.ts';
import type { Condition } from '../../../db/filter-to-sql/condition.ts';
import type { KnownBlueprint, KnownModel } from '../../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../../db/filter-to-sql/whole-sight.ts';
import { accept } from '../question.ts';
import { type FoundRow, findAlongOrder, findBySorting, findFarAlong, type PageQuestion } from './find-page.ts';
import type { Position } from './sections.ts';
import { sortKeysOf } from './sort-keys.ts';

const database = withDatabase();
let model: KnownModel & { readonly service: KnownBlueprint };
beforeAll(async () => {
  model = await storeModel(database.db);
});

type Way = (question: PageQuestion) => Promise<FoundRow[] | null>;
const alongOrder: Way = (question) => findAlongOrder(question, answersOf(database.db));
const bySorting: Way = (question) => findBySorting(question, answersOf(database.db));

/** All pages, one after the other, as identifiers. */
async function walk(way: Way, sort: Sort, filter: Condition, limit: number): Promise<string[]> {
  const keys = sortKeysOf(sort, { blueprint: model.service, model, sight: wholeSqlSight });
  const present = sql<string>`e.identifier`;
  const found: string[] = [];
  for (let after: Position | null = null; ; ) {
    const page: FoundRow[] =
      (await way({ blueprint: model.service, filter, keys, after, offset: 0, limit, present })) ??
      expect.fail('gave up');
    found.push(...page.map(({ document }) => document));
    after = page.at(-1)?.position ?? null;
    if (page.length < limit) return found;
    expect(found.length).toBeLessThan(100);
  }
}

const plain = ['text', 'when', 'size', 'isLive', 'counted', '$title', '$icon', '$createdAt', '$identifier', 'nothing'];
const listed = ['tags', 'mirrored', '$team', 'owner', 'uses', '$datasource', '$blueprint', '$updatedBy'];
const sortBy = (properties: readonly string[]) =>
  fc
    .array(fc.record({ property: fc.constantFrom(...properties), order: fc.constantFrom('asc', 'desc') }), {
      maxLength: 3,
    })
    .map((terms) => accept(parseSort(terms)));

/** What an entity is ordered by, as the words of `Sort` have it; texts without regard to case. */
function sortedBy(entity: KeptEntity, name: string): Scalar {
  const text = (value: string | null | undefined) => value?.toLowerCase() ?? null;
  const { title, identifier, icon, createdAt, properties, computed } = entity;
  switch (name) {
    case '$title':
      return text(title ?? identifier);
    case '$identifier':
      return identifier;
    case '$icon':
      return text(icon);
    case '$createdAt':
      return createdAt;
    case 'when':
      return parseInstant(String(properties.when)) ?? null;
    case 'text':
      return text(properties.text as string | undefined);
    default:
      return ((name === 'counted' ? computed : properties)[name] ?? null) as Scalar;
  }
}

function compare(left: KeptEntity, right: KeptEntity, sort: Sort): number {
  for (const { by, order } of sort) {
    const name = by.kind === 'meta' ? by.name : by.key;
    const [a, b] = [sortedBy(left, name), sortedBy(right, name)];
    if (a === b) continue;
    if (a === null) return 1;
    if (b === null) return -1;
    const isBefore = typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) < 0 : a < b;
    return isBefore === (order === 'asc') ? -1 : 1;
  }
  return left.identifier < right.identifier ? -1 : 1;
}

const runs = { numRuns: Number(process.env.GANTRY_PROPERTY_RUNS ?? 20) };
const hasText: Condition = sql`e.properties ? 'text'`;

test('pages in any size and either way follow one another in the order asked for', async () => {
  const property = fc.asyncProperty(
    randomCatalog,
    sortBy(plain),
    fc.integer({ min: 1, max: 4 }),
    fc.boolean(),
    async (catalog, sort, limit, isFiltered) => {
      await storeCatalog(database.db, model, catalog);
      const services = catalog.filter((entity) => entity.blueprint === 'service');
      const expected = services
        .filter(({ properties }) => !isFiltered || 'text' in properties)
        .sort((left, right) => compare(left, right, sort))
        .map(({ identifier }) => identifier);
      const filter = isFiltered ? hasText : true;
      expect(await walk(alongOrder, sort, filter, limit)).toEqual(expected);
      expect(await walk(bySorting, sort, filter, limit)).toEqual(expected);
    },
  );
  await fc.assert(property, runs);
});

test('whatever is sorted by, both ways agree and neither loses or repeats an entity', async () => {
  const property = fc.asyncProperty(
    randomCatalog,
    sortBy([...plain, ...listed]),
    fc.integer({ min: 1, max: 4 }),
    async (catalog, sort, limit) => {
      await storeCatalog(database.db, model, catalog);
      const services = catalog.filter((entity) => entity.blueprint === 'service').map(({ identifier }) => identifier);
      const walked = await walk(alongOrder, sort, true, limit);
      expect(await walk(bySorting, sort, true, limit)).toEqual(walked);
      expect([...walked].sort()).toEqual(services.sort());
    },
  );
  await fc.assert(property, runs);
});

test('a page far down is the same stretch of the whole, counted along an index or sorted', async () => {
  const property = fc.asyncProperty(
    randomCatalog,
    sortBy(plain),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 0, max: 12 }),
    async (catalog, sort, limit, offset) => {
      await storeCatalog(database.db, model, catalog);
      const whole = await walk(bySorting, sort, true, limit);
      const keys = sortKeysOf(sort, { blueprint: model.service, model, sight: wholeSqlSight });
      const present = sql<string>`e.identifier`;
      const question = { blueprint: model.service, filter: true as const, keys, after: null, offset, limit, present };
      const answers = answersOf(database.db);
      for (const way of [findFarAlong, findBySorting]) {
        const page = await way(question, answers);
        expect(page.map(({ document }) => document)).toEqual(whole.slice(offset, offset + limit));
      }
    },
  );
  await fc.assert(property, runs);
});

test('entities that come and go between pages neither hide nor repeat the others', async () => {
  const stays = (index: number) => `s${String(index).padStart(2, '0')}`;
  const entity = (identifier: string): KeptEntity => ({
    blueprint: 'service',
    identifier,
    title: null,
    icon: null,
    team: [],
    properties: { size: Number(identifier.slice(1, 3)) % 3 },
    computed: {},
    relations: {},
    levels: {},
    datasource: '',
    createdAt: 0,
    updatedAt: 0,
  });
  const sort = accept(parseSort([{ property: 'size', order: 'desc' }]));
  for (const way of [alongOrder, bySorting]) {
    const present = Array.from({ length: 12 }, (_, index) => stays(index));
    await storeCatalog(database.db, model, present.map(entity));
    const disturbing: Way = async (question) => {
      const page = await way(question);
      const last = page?.at(-1)?.document ?? '';
      await sql`delete from entity where identifier = ${`${last}x`}`.execute(database.db);
      const comes = { ...entity(`${last}x`), computed: '{}', properties: '{"size": 2}', relations: '{}', levels: '{}' };
      await sql`insert into entity (blueprint_id, identifier, properties, provenance, created_at, created_by, updated_at, updated_by)
        values (${model.service.id}, ${comes.identifier}, ${comes.properties}, '{}', now(), 'x', now(), 'x')`.execute(
        database.db,
      );
      return page;
    };
    const walked = (await walk(disturbing, sort, true, 3)).filter((identifier) => present.includes(identifier));
    expect([...walked].sort()).toEqual(present);
  }
});
