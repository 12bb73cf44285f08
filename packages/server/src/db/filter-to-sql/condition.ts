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

/** As SQL, also where it is decided. */
export function asSql(condition: Condition): RawBuilder<unknown> {
  return typeof condition === 'boolean' ? sql.lit(condition) : condition;
}

/** A value that reads as null where it is not seen. */
export function seenWhere(isSeen: Condition, value: RawBuilder<unknown>): RawBuilder<unknown> {
  return isSeen === true ? value : sql`case when ${asSql(isSeen)} then ${value} end`;
}

/**
 * A test of a value that reads as unset where it is not seen; `ofUnset` is what the test says of what is unset. The test
 * of the value itself stays as it is, so that an index which answers it still does.
 */
export function testSeen(isSeen: Condition, test: Condition, ofUnset: boolean): Condition {
  return ofUnset ? anyOf([complement(isSeen), test]) : allOf([test, isSeen]);
}
