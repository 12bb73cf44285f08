import type { CompiledBlueprint } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { allOf, anyOf, asSql } from '../../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';

/** An object of the relations of `e`, each value as `{identifier, title}`; one that does not exist has its name for title. */
export function relationsWithTitles(
  compiled: CompiledBlueprint,
  keys: readonly string[],
  { blueprint, sight }: FilterScope,
): RawBuilder<unknown> {
  const lists = keys.filter((key) => compiled.relations.get(key)?.many);
  const plain = keys.filter((key) => sight.relation(blueprint, key) === true && sight.target(blueprint, key) === true);
  const others = keys.filter((key) => !plain.includes(key));
  const isSeen = anyOf([
    sql`r.name = any(${plain}::text[])`,
    ...others.map((key) => allOf([sql`r.name = ${key}`, sight.relation(blueprint, key), sight.target(blueprint, key)])),
  ]);
  return sql`(
    select coalesce(jsonb_object_agg(name, value), '{}') from (
      select name, case when name = any(${lists}::text[]) then jsonb_agg(ref order by position) else jsonb_agg(ref) -> 0 end as value
      from (
        select r.name, r.position, jsonb_build_object(
          'identifier', r.target_identifier, 'title', coalesce(t.title, r.target_identifier)) as ref
        from relation r left join entity t on t.id = r.target_id
        where r.source_id = e.id and ${asSql(isSeen)}
      ) as held group by name
    ) as named)`;
}
