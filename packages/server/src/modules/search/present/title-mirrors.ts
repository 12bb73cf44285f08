import { splitMirrorPath, walkRelations } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { seenWhere } from '../../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';

/**
 * For those of `keys` that mirror the title of an entity related to `e`: `{identifier, title}` of it, or a list of such
 * where the path leads to several.
 */
export function titleMirrors(
  keys: readonly string[],
  { blueprint: known, model, sight }: FilterScope,
): ReadonlyMap<string, RawBuilder<unknown>> {
  const blueprint = known.definition;
  const mirrors = keys.flatMap((key) => {
    const mirror = Object.hasOwn(blueprint.mirrorProperties, key) ? blueprint.mirrorProperties[key] : undefined;
    const { relations, property } = splitMirrorPath(mirror?.path ?? '');
    if (property !== '$title') return [];
    const walk = walkRelations(blueprint, relations, (identifier) => model.find(identifier)?.definition);
    if (!walk.ok) return [];
    const targets = targetsOf(relations);
    const value = walk.many
      ? sql`(select coalesce(jsonb_agg(ref), '[]') from ${targets})`
      : sql`(select ref from ${targets} limit 1)`;
    return [[key, seenWhere(sight.property(known, key), value)] as const];
  });
  return new Map(mirrors);
}

/** The existing entities at the end of a path from `e`, as `ref`, in the order the relations name them. */
function targetsOf(relations: readonly string[]): RawBuilder<unknown> {
  const hops = relations.map((name, index) => {
    const hop = sql.id(`r${index}`);
    const from = index === 0 ? sql`e.id` : sql`${sql.id(`r${index - 1}`)}.target_id`;
    return { hop, where: sql`${hop}.source_id = ${from} and ${hop}.name = ${name}`, position: sql`${hop}.position` };
  });
  const last = sql.id(`r${relations.length - 1}`);
  const tables = sql.join(hops.map(({ hop }) => sql`relation ${hop}`));
  return sql`(
    select jsonb_build_object('identifier', t.identifier, 'title', coalesce(t.title, t.identifier)) as ref
    from ${tables}, entity t
    where ${sql.join(
      hops.map(({ where }) => where),
      sql` and `,
    )} and t.id = ${last}.target_id
    order by ${sql.join(hops.map(({ position }) => position))}
  ) as target`;
}
