import { sql } from 'kysely';
import type { SqlSight } from './scope.ts';

/** Of those who see everything: the tables themselves. */
export const wholeSqlSight: SqlSight = {
  rows: () => true,
  property: () => true,
  relation: () => true,
  target: () => true,
  scorecards: () => true,
  entities: sql`entity`,
  relations: sql`relation`,
  trash: sql`trash`,
};
