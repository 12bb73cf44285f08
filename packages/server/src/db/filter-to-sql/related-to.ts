import type { RelatedTo } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import type { Condition } from './condition.ts';
import type { FilterScope, SqlSight } from './scope.ts';

/**
 * Whether relations lead from the named entities to `e` in one hop or more. The reached set grows by one hop at a time
 * and takes nothing in twice, so cycles end. Up and down are two walks: a neighbour's other neighbours are not related.
 */
export function isRelated(relatedTo: RelatedTo, scope: FilterScope): Condition {
  const start = scope.model.find(relatedTo.blueprint);
  if (!start) return false;
  const named = sql`select id from ${scope.sight.entities} as e
    where blueprint_id = ${start.id} and identifier = any(${relatedTo.identifiers}::text[])`;
  const followed = followedRelations(relatedTo, scope);
  const up = reached('source_id', 'target_id', named, followed, scope.sight);
  const down = reached('target_id', 'source_id', named, followed, scope.sight);
  switch (relatedTo.direction) {
    case 'upstream':
      return sql`e.id in (${up})`;
    case 'downstream':
      return sql`e.id in (${down})`;
    case 'both':
      return sql`(e.id in (${up}) or e.id in (${down}))`;
  }
}

type Sql = RawBuilder<unknown>;

function reached(from: string, to: string, named: Sql, followed: Sql, { relations }: SqlSight): Sql {
  const ends = sql`r.${sql.id(to)} is not null and ${followed}`;
  return sql`with recursive named(id) as (${named}), reached(id) as (
    select r.${sql.id(to)} from named join ${relations} as r on r.${sql.id(from)} = named.id where ${ends}
    union
    select r.${sql.id(to)} from reached join ${relations} as r on r.${sql.id(from)} = reached.id where ${ends}
  ) select id from reached`;
}

/** Which rows of `relation r` count: all, or those whose declaration is (not) `required`. */
function followedRelations({ required }: RelatedTo, { model }: FilterScope): Sql {
  if (required === undefined) return sql`true`;
  const kept = model.all.flatMap(({ id, definition }) =>
    Object.entries(definition.relations).flatMap(([name, relation]) =>
      relation.required === required ? [{ id, name }] : [],
    ),
  );
  return sql`exists (
    select from entity s
      join unnest(${kept.map(({ id }) => id)}::int[], ${kept.map(({ name }) => name)}::text[]) as kept(blueprint_id, name)
        on kept.blueprint_id = s.blueprint_id
    where s.id = r.source_id and kept.name = r.name)`;
}
