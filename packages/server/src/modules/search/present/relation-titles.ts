import type { CompiledBlueprint } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';

/** An object of the relations of `e`, each value as `{identifier, title}`; one that does not exist has its name for title. */
export function relationsWithTitles(compiled: CompiledBlueprint, keys: readonly string[]): RawBuilder<unknown> {
  const lists = keys.filter((key) => compiled.relations.get(key)?.many);
  return sql`(
    select coalesce(jsonb_object_agg(name, value), '{}') from (
      select name, case when name = any(${lists}::text[]) then jsonb_agg(ref order by position) else jsonb_agg(ref) -> 0 end as value
      from (
        select r.name, r.position, jsonb_build_object(
          'identifier', r.target_identifier, 'title', coalesce(t.title, r.target_identifier)) as ref
        from relation r left join entity t on t.id = r.target_id
        where r.source_id = e.id and r.name = any(${keys}::text[])
      ) as held group by name
    ) as named)`;
}
