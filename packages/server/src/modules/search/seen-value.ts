import { type RawBuilder, sql } from 'kysely';
import { asSql, seenWhere } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';

/** SQL for a value of rows `e` as jsonb; null where there is none, or where it is not seen. */
type Json = RawBuilder<unknown>;
type Name = RawBuilder<unknown>;

/** Keys travel as parameters unless the statement needs them in its text. */
const parameter = (key: string): Name => sql`${key}::text`;

export function seenProperty(key: string, { blueprint, sight }: FilterScope, name: Name = parameter(key)): Json {
  return seenWhere(sight.property(blueprint, key), sql`(e.properties -> ${name})`);
}

/** A mirror, calculation or aggregation property. */
export function seenDerived(key: string, { blueprint, sight }: FilterScope, name: Name = parameter(key)): Json {
  return seenWhere(sight.property(blueprint, key), sql`(e.computed -> ${name})`);
}

/** The identifier a relation holds, or the list of them. */
export function seenRelation(key: string, { blueprint, sight }: FilterScope, name: Name = parameter(key)): Json {
  const isNamed = sight.target(blueprint, key);
  const isSeen = sight.relation(blueprint, key);
  if (isNamed === true) return seenWhere(isSeen, sql`(e.relations -> ${name})`);
  const isMany =
    Object.hasOwn(blueprint.definition.relations, key) && blueprint.definition.relations[key]?.many === true;
  const value = isMany
    ? sql`jsonb_agg(r.target_identifier order by r.position)`
    : sql`to_jsonb(min(r.target_identifier))`;
  const held = sql`(select ${value} from relation r where r.source_id = e.id and r.name = ${key} and ${asSql(isNamed)})`;
  return seenWhere(isNamed === false ? false : isSeen, held);
}
