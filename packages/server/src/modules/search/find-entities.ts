import type { Actor, ParsedQuery } from '@gantry/core';
import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';
import type { ModelMemory, StoredBlueprint } from '../blueprints/index.ts';
import { answersOf } from './kit.ts';
import { bind, conditionOf } from './question.ts';

/** Identifiers of the entities of a blueprint that a query matches for this caller, in a stable order. */
export type FindEntities = (
  queries: Queries,
  blueprint: StoredBlueprint,
  query: ParsedQuery,
  limit: number,
  actor: Actor,
) => Promise<string[]>;

/** Finds entities inside the transaction of whoever asks, for queries that stand in place of an identifier. */
export function findEntities(memory: ModelMemory): FindEntities {
  return async (queries, blueprint, query, limit, actor) => {
    const answers = answersOf(queries);
    const model = await memory.current();
    const filter = conditionOf(await bind(query, actor, answers, model), '', { blueprint, model });
    if (filter === false) return [];
    const rows = await answers.rows(sql<{ identifier: string }>`
      select e.identifier from entity e
      where e.blueprint_id = ${blueprint.id} and ${filter === true ? sql`true` : filter}
      order by e.identifier limit ${limit}`);
    return rows.map(({ identifier }) => identifier);
  };
}
