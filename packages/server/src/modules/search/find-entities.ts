import type { Actor, ParsedQuery } from '@gantry/core';
import { sql } from 'kysely';
import { answersOf } from '../../db/answers.ts';
import { asSql } from '../../db/filter-to-sql/condition.ts';
import type { Queries } from '../../db/pool.ts';
import type { StoredBlueprint } from '../blueprints/index.ts';
import type { Sights } from '../sight/index.ts';
import { bind, conditionOf } from './question.ts';

/** Identifiers of the entities of a blueprint that the actor sees and a query matches, in a stable order. */
export type FindEntities = (
  queries: Queries,
  blueprint: StoredBlueprint,
  query: ParsedQuery,
  limit: number,
  actor: Actor,
) => Promise<string[]>;

/** Finds entities inside the transaction of whoever asks, for queries that stand in place of an identifier. */
export function findEntities(sights: Sights): FindEntities {
  return async (queries, blueprint, query, limit, actor) => {
    const answers = answersOf(queries);
    const view = await sights.of(actor, answers);
    const filter = conditionOf(await bind(query, actor, answers, view), '', { ...view, blueprint });
    if (filter === false) return [];
    const rows = await answers.rows(sql<{ identifier: string }>`
      select e.identifier from entity e
      where e.blueprint_id = ${blueprint.id} and ${asSql(filter)}
      order by e.identifier limit ${limit}`);
    return rows.map(({ identifier }) => identifier);
  };
}
