import { type RawBuilder, sql } from 'kysely';

/**
 * A condition on one row: SQL, or decided already. SQL's third truth value never decides anything: null counts as false
 * everywhere, and `complement` turns it into true, so that negative operators are exact complements.
 */
export type Condition = boolean | RawBuilder<unknown>;

export function allOf(conditions: readonly Condition[]): Condition {
  return join(conditions, false, ' and ');
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return join(conditions, true, ' or ');
}

export function complement(condition: Condition): Condition {
  return typeof condition === 'boolean' ? !condition : sql`(${condition}) is not true`;
}

/** `decisive` is the value that settles the whole: false among `and`, true among `or`. */
function join(conditions: readonly Condition[], decisive: boolean, word: string): Condition {
  if (conditions.includes(decisive)) return decisive;
  const open = conditions.filter((condition) => typeof condition !== 'boolean');
  const [first, ...others] = open;
  if (!first) return !decisive;
  return others.length === 0 ? first : sql`(${sql.join(open, sql.raw(word))})`;
}
