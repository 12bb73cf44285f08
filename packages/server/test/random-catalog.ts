import type { Blueprint, QueriedEntity } from '@gantry/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { KnownBlueprint, KnownModel } from '../src/db/filter-to-sql/scope.ts';
import type { Db } from '../src/db/pool.ts';

/** An entity as it is kept: derived values apart from own ones, relations without what is unset. */
export interface KeptEntity {
  readonly blueprint: 'service' | 'team';
  readonly identifier: string;
  readonly title: string | null;
  readonly icon: string | null;
  readonly team: string[];
  readonly properties: Record<string, unknown>;
  readonly computed: Record<string, unknown>;
  readonly relations: Record<string, string | string[]>;
  readonly levels: Record<string, unknown>;
  readonly datasource: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const blueprint = (identifier: string, parts: Partial<Blueprint>): Blueprint => ({
  identifier,
  schema: { properties: {}, required: [] },
  relations: {},
  mirrorProperties: {},
  calculationProperties: {},
  aggregationProperties: {},
  ...parts,
});

export const service = blueprint('service', {
  schema: {
    properties: {
      text: { type: 'string' },
      when: { type: 'string', format: 'date-time' },
      size: { type: 'number' },
      isLive: { type: 'boolean' },
      tags: { type: 'array' },
      sizes: { type: 'array', items: { type: 'number' } },
      doc: { type: 'object' },
    },
    required: [],
  },
  relations: {
    owner: { target: 'team', many: false, required: true },
    parent: { target: 'service', many: false, required: false },
    uses: { target: 'service', many: true, required: false },
  },
  mirrorProperties: { mirrored: { path: 'owner.text' } },
  calculationProperties: { counted: { calculation: '.', type: 'number' } },
});

export const team = blueprint('team', {
  schema: { properties: { text: { type: 'string' } }, required: [] },
  relations: { parent: { target: 'team', many: false, required: false } },
});

/** Few values, so that random queries hit; some of them look like others. */
export const someText = fc.constantFrom(
  '',
  'a',
  'ab',
  'b',
  'ü',
  '1',
  'true',
  '2024-05-01',
  '2024-05-01T10:00:00Z',
  '😀a',
);
export const someInstant = fc.constantFrom(
  '2024-05-01',
  '2024-05-01T10:00:00Z',
  '2024-05-01T12:00:00.000+02:00',
  '2024-05-01T10:00:00.001Z',
  '2023-02-29',
);
export const someNumber = fc.constantFrom(-1, 0, 1, 1.5, 1e21, 1e-7);
const someName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const someMoment = fc.constantFrom(Date.parse('2024-05-01T10:00:00Z'), Date.parse('2024-05-01'), 1_700_000_000_001);
const mixed = fc.oneof(someText, someNumber, fc.boolean());

const kept = (name: 'service' | 'team') =>
  fc.record({
    blueprint: fc.constant(name),
    identifier: someName,
    title: fc.option(someText),
    icon: fc.option(fc.constantFrom('Box', '')),
    team: fc.uniqueArray(fc.constantFrom('a', 'ab', ''), { maxLength: 2 }),
    datasource: fc.constantFrom('', 'ab', 'port-ocean/x'),
    createdAt: someMoment,
    updatedAt: someMoment,
    levels: fc.constantFrom(
      {},
      {
        Ready: {
          level: 'Gold',
          rules: [
            { identifier: 'a', status: 'SUCCESS' },
            { identifier: 'b', status: 'FAILURE' },
          ],
        },
      },
      { Ready: { level: 'Basic', rules: [] } },
    ),
  });

const aTeam = fc
  .record({
    kept: kept('team'),
    properties: fc.record({ text: someText }, { requiredKeys: [] }),
    relations: fc.record({ parent: someName }, { requiredKeys: [] }),
  })
  .map(({ kept, ...parts }): KeptEntity => ({ ...kept, ...parts, computed: {} }));

const aService = fc
  .record({
    kept: kept('service'),
    properties: fc.record(
      {
        text: fc.oneof(someText, someInstant),
        when: someInstant,
        size: someNumber,
        isLive: fc.boolean(),
        tags: fc.array(fc.oneof(mixed, someInstant, fc.constant(null)), { maxLength: 3 }),
        sizes: fc.array(someNumber, { maxLength: 3 }),
        doc: fc.constantFrom({}, { a: 1 }, { a: [1] }),
      },
      { requiredKeys: [] },
    ),
    computed: fc.record(
      { mirrored: fc.oneof(mixed, fc.array(mixed, { maxLength: 2 })), counted: someNumber },
      { requiredKeys: [] },
    ),
    relations: fc.record(
      { owner: someName, parent: someName, uses: fc.uniqueArray(someName, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ kept, ...parts }): KeptEntity => ({ ...kept, ...parts }));

const key = (entity: KeptEntity) => `${entity.blueprint}/${entity.identifier}`;

/** Up to six services and six teams; relations may lead in circles and to names that do not exist. */
export const randomCatalog = fc
  .tuple(
    fc.uniqueArray(aService, { selector: key, minLength: 1, maxLength: 6 }),
    fc.uniqueArray(aTeam, { selector: key, maxLength: 6 }),
  )
  .map(([services, teams]): KeptEntity[] => [...services, ...teams]);

/** The two blueprints, stored. */
export async function storeModel(
  db: Db,
  definitions: readonly Blueprint[] = [service, team],
): Promise<KnownModel & { readonly service: KnownBlueprint }> {
  const at = new Date(0);
  const stamps = { created_at: at, created_by: 'x', updated_at: at, updated_by: 'x' };
  const all: KnownBlueprint[] = [];
  for (const definition of definitions) {
    const row = { identifier: definition.identifier, definition: JSON.stringify(definition), ...stamps };
    const { id } = await db.insertInto('blueprint').values(row).returning('id').executeTakeFirstOrThrow();
    all.push({ id, identifier: definition.identifier, definition });
  }
  const find = (identifier: string) => all.find((stored) => stored.identifier === identifier);
  return { all, find, service: all[0] as KnownBlueprint };
}

/** Blueprints that are stored already. */
export async function storedModel(db: Db, definitions: readonly Blueprint[]): Promise<KnownModel> {
  const rows = await db.selectFrom('blueprint').select(['id', 'identifier']).execute();
  const all = definitions.flatMap((definition) =>
    rows.flatMap(({ id, identifier }) =>
      identifier === definition.identifier ? [{ id, identifier, definition }] : [],
    ),
  );
  return { all, find: (identifier) => all.find((stored) => stored.identifier === identifier) };
}

/** Makes the stored entities these and no others. */
export async function storeCatalog(db: Db, model: KnownModel, entities: readonly KeptEntity[]): Promise<void> {
  await db.deleteFrom('relation').execute();
  await db.deleteFrom('entity').execute();
  if (entities.length === 0) return;
  const idOf = (name: string) => model.find(name)?.id ?? 0;
  await db
    .insertInto('entity')
    .values(
      entities.map((entity) => ({
        blueprint_id: idOf(entity.blueprint),
        identifier: entity.identifier,
        title: entity.title,
        icon: entity.icon,
        team: entity.team,
        properties: JSON.stringify(entity.properties),
        computed: JSON.stringify(entity.computed),
        relations: JSON.stringify(entity.relations),
        levels: JSON.stringify(entity.levels),
        provenance: '{}',
        datasource: entity.datasource,
        created_at: new Date(entity.createdAt),
        created_by: 'creator',
        updated_at: new Date(entity.updatedAt),
        updated_by: 'updater',
      })),
    )
    .execute();
  await sql`insert into relation (source_id, name, position, target_blueprint_id, target_identifier, target_id)
    select e.id, r.key, v.position - 1, target.id, v.identifier, t.id
    from entity e join blueprint b on b.id = e.blueprint_id cross join lateral jsonb_each(e.relations) r
      cross join lateral jsonb_array_elements_text(
        case jsonb_typeof(r.value) when 'array' then r.value else jsonb_build_array(r.value) end)
        with ordinality as v(identifier, position)
      join blueprint target on target.identifier = b.definition -> 'relations' -> r.key ->> 'target'
      left join entity t on t.blueprint_id = target.id and t.identifier = v.identifier`.execute(db);
}

/** An entity as queries in memory see it. */
export function asQueried(entity: KeptEntity): QueriedEntity {
  const { relations } = entity.blueprint === 'service' ? service : team;
  const unset = Object.entries(relations).map(([name, { many }]) => [name, many ? [] : null]);
  return {
    ...entity,
    properties: { ...entity.properties, ...entity.computed },
    relations: { ...Object.fromEntries(unset), ...entity.relations },
    scorecards: entity.levels,
    createdAt: new Date(entity.createdAt).toISOString(),
    createdBy: 'creator',
    updatedAt: new Date(entity.updatedAt).toISOString(),
    updatedBy: 'updater',
  };
}
