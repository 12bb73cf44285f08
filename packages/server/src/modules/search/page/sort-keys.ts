import {
  type MetaProperty,
  type Sort,
  splitMirrorPath,
  type ValueClass,
  valueClassOf,
  walkRelations,
} from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { seenWhere } from '../../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';
import { seenRelation } from '../seen-value.ts';

/** One thing rows are ordered by. */
export interface SortKey {
  /** Over the bare columns of `entity`. Property keys stand in it as they are, so that an index over it is recognised. */
  readonly expression: RawBuilder<unknown>;
  readonly type: 'text' | 'numeric' | 'boolean' | 'timestamptz';
  readonly isDescending: boolean;
  readonly isNullable: boolean;
  /** There is an index that begins with it, for every blueprint. */
  readonly isIndexed?: true;
  /** False where PostgreSQL would not have an index over the expression. */
  readonly isIndexable?: false;
}

/**
 * What a sort orders the rows of a blueprint by. The identifier always comes last and makes the order total. Terms the
 * blueprint knows nothing of order nothing.
 */
export function sortKeysOf(sort: Sort, scope: FilterScope): SortKey[] {
  const keys: SortKey[] = [];
  for (const { by, order } of sort) {
    const isDescending = order === 'desc';
    if (by.kind === 'meta' && by.name === '$identifier') return [...keys, { ...identifier, isDescending }];
    const key = by.kind === 'meta' ? metaKey(by.name) : propertyKey(by.key, scope);
    if (key) keys.push({ ...key, isDescending });
  }
  return [...keys, { ...identifier, isDescending: false }];
}

type Undirected = Omit<SortKey, 'isDescending'>;

const identifier: Undirected = { expression: sql`identifier`, type: 'text', isNullable: false, isIndexed: true };
const title: Undirected = {
  expression: sql`sort_text(coalesce(title, identifier)) collate "C"`,
  type: 'text',
  isNullable: false,
  isIndexed: true,
};

function metaKey(name: MetaProperty): Undirected | undefined {
  switch (name) {
    case '$title':
      return title;
    case '$icon':
      return text(sql`icon`);
    case '$team':
      return { ...text(sql`nullif(array_to_string(team, ' '), '')`), isIndexable: false };
    case '$createdAt':
      return { expression: sql`created_at`, type: 'timestamptz', isNullable: false };
    case '$updatedAt':
      return { expression: sql`updated_at`, type: 'timestamptz', isNullable: false, isIndexed: true };
    case '$createdBy':
      return text(sql`created_by`);
    case '$updatedBy':
      return text(sql`updated_by`);
    case '$datasource':
      return text(sql`nullif(datasource, '')`);
    case '$identifier':
    case '$blueprint':
      return undefined;
  }
}

/**
 * Own and derived properties, and relations, which order by the name they hold. What is hidden in some rows is ordered
 * as unset there, which no index of everybody's can know.
 */
function propertyKey(key: string, scope: FilterScope): Undirected | undefined {
  const { blueprint, sight } = scope;
  const { definition } = blueprint;
  const own = member(definition.schema.properties, key);
  const derived = own ? undefined : classOfDerived(key, scope);
  if (own || derived) {
    const bare = own
      ? valueKey(sql`properties`, key, valueClassOf(own))
      : valueKey(sql`computed`, key, derived ?? 'text');
    const isSeen = sight.property(blueprint, key);
    return isSeen === true ? bare : hidden({ ...bare, expression: seenWhere(isSeen, bare.expression) });
  }
  if (!member(definition.relations, key)) return undefined;
  if (sight.target(blueprint, key) === true && sight.relation(blueprint, key) === true)
    return valueKey(sql`relations`, key, 'list');
  return hidden(text(sql`nullif(${seenRelation(key, scope)} #>> '{}', '[]')`));
}

function hidden(key: Undirected): Undirected {
  return { ...key, expression: sql`(${key.expression})::${sql.raw(key.type)}`, isNullable: true, isIndexable: false };
}

function classOfDerived(key: string, { blueprint, model }: ModelScope): ValueClass | undefined {
  const { mirrorProperties, calculationProperties, aggregationProperties } = blueprint.definition;
  if (member(aggregationProperties, key)) return 'number';
  const calculation = member(calculationProperties, key);
  if (calculation) return valueClassOf(calculation);
  const mirror = member(mirrorProperties, key);
  return mirror && classOfMirror(mirror.path, { blueprint, model });
}

type ModelScope = Pick<FilterScope, 'blueprint' | 'model'>;

/** A mirror of a mirror sorts as text: what that is can change without either being told. */
function classOfMirror(path: string, { blueprint, model }: ModelScope): ValueClass {
  const { relations, property } = splitMirrorPath(path);
  const walk = walkRelations(blueprint.definition, relations, (name) => model.find(name)?.definition);
  if (!walk.ok || walk.many) return 'list';
  if (property === '$createdAt' || property === '$updatedAt') return 'instant';
  const own = member(walk.end.schema.properties, property) ?? member(walk.end.calculationProperties, property);
  if (own) return valueClassOf(own);
  return member(walk.end.aggregationProperties, property) ? 'number' : 'text';
}

function valueKey(column: RawBuilder<unknown>, key: string, valueClass: ValueClass): Undirected {
  const name = sql.lit(key);
  switch (valueClass) {
    case 'number':
      return { expression: sql`json_number(${column} -> ${name})`, type: 'numeric', isNullable: true };
    case 'boolean':
      return { expression: sql`json_boolean(${column} -> ${name})`, type: 'boolean', isNullable: true };
    case 'instant':
      return { expression: sql`instant_ms(${column} ->> ${name})`, type: 'numeric', isNullable: true };
    case 'text':
      return text(sql`${column} ->> ${name}`);
    case 'list':
    case 'json':
      return text(sql`nullif(${column} ->> ${name}, '[]')`);
  }
}

function text(words: RawBuilder<unknown>): Undirected {
  return { expression: sql`sort_text(${words}) collate "C"`, type: 'text', isNullable: true };
}

function member<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** `order by` for these keys; what has no value comes last whichever way. */
export function orderBy(keys: readonly SortKey[], nameOf: (key: SortKey) => RawBuilder<unknown>): RawBuilder<unknown> {
  return sql.join(
    keys.map((key) => {
      if (!key.isDescending) return nameOf(key);
      return key.isNullable ? sql`${nameOf(key)} desc nulls last` : sql`${nameOf(key)} desc`;
    }),
  );
}
