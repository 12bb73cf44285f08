import { isMetaProperty, type MetaProperty } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { seenWhere } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import { seenDerived, seenProperty, seenRelation } from './seen-value.ts';

/** SQL for a value of rows `e` as jsonb. */
type Json = RawBuilder<unknown>;

const nothing: Json = sql`null::jsonb`;

/** A meta property, or an own or derived property by key, as jsonb; null where the blueprint has no such property. */
export function propertyValue(name: string, scope: FilterScope): Json {
  const { identifier, definition } = scope.blueprint;
  if (isMetaProperty(name)) return metaValue(name, identifier);
  if (Object.hasOwn(definition.schema.properties, name)) return seenProperty(name, scope);
  const { mirrorProperties, calculationProperties, aggregationProperties } = definition;
  const derived = [mirrorProperties, calculationProperties, aggregationProperties];
  return derived.some((map) => Object.hasOwn(map, name)) ? seenDerived(name, scope) : nothing;
}

/** The identifier a relation holds, or the list of them. */
export function relationValue(name: string, scope: FilterScope): Json {
  return Object.hasOwn(scope.blueprint.definition.relations, name) ? seenRelation(name, scope) : nothing;
}

/** The level of a scorecard, or with `rule` the status of one of its rules. */
export function scorecardValue(scorecard: string, rule: string | undefined, { blueprint, sight }: FilterScope): Json {
  const isSeen = sight.scorecards(blueprint);
  if (rule === undefined) return seenWhere(isSeen, sql`(e.levels -> ${scorecard}::text -> 'level')`);
  return seenWhere(
    isSeen,
    sql`(select rule -> 'status' from jsonb_array_elements(e.levels -> ${scorecard}::text -> 'rules') as rule
    where rule ->> 'identifier' = ${rule} limit 1)`,
  );
}

function metaValue(name: MetaProperty, blueprint: string): Json {
  switch (name) {
    case '$identifier':
      return sql`to_jsonb(e.identifier)`;
    case '$title':
      return sql`to_jsonb(coalesce(e.title, e.identifier))`;
    case '$icon':
      return sql`to_jsonb(e.icon)`;
    case '$team':
      return sql`to_jsonb(e.team)`;
    case '$blueprint':
      return sql`to_jsonb(${blueprint}::text)`;
    case '$createdAt':
      return sql`to_jsonb(rfc3339(e.created_at))`;
    case '$updatedAt':
      return sql`to_jsonb(rfc3339(e.updated_at))`;
    case '$createdBy':
      return sql`to_jsonb(e.created_by)`;
    case '$updatedBy':
      return sql`to_jsonb(e.updated_by)`;
    case '$datasource':
      return sql`to_jsonb(e.datasource)`;
  }
}
