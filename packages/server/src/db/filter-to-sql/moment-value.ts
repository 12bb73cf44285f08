import type { BoundTest, OrderOperator } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { allOf, anyOf, type Condition } from './condition.ts';
import { testTextElement } from './text-value.ts';

type Column = RawBuilder<unknown>;

/**
 * A test of a column that holds a moment and is never null. Moments are read to the millisecond, so each stands for
 * the millisecond that begins with it; comparing the bare column lets its index help.
 */
export function testMoment(column: Column, test: BoundTest): Condition {
  switch (test.kind) {
    case 'empty':
      return false;
    case 'oneOf':
      return anyOf(test.instants.map((instant) => within(column, instant, instant)));
    case 'order':
      return test.of === 'instant' && compare(column, test.operator, test.than);
    case 'between':
      return test.of === 'instant' && within(column, test.from, test.to);
    case 'contains':
    case 'text':
      return testTextElement(sql`rfc3339(${column})`, test);
  }
}

function within(column: Column, from: number | undefined, to: number | undefined): Condition {
  return allOf([
    from === undefined || sql`${column} >= ${moment(from)}`,
    to === undefined || sql`${column} < ${moment(to + 1)}`,
  ]);
}

function compare(column: Column, operator: OrderOperator, than: number): Condition {
  switch (operator) {
    case '>':
      return sql`${column} >= ${moment(than + 1)}`;
    case '>=':
      return sql`${column} >= ${moment(than)}`;
    case '<':
      return sql`${column} < ${moment(than)}`;
    case '<=':
      return sql`${column} < ${moment(than + 1)}`;
  }
}

const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** Of milliseconds since the epoch. Beyond the years that can be written lie only the infinities. */
function moment(milliseconds: number): RawBuilder<unknown> {
  if (milliseconds < earliest) return sql`'-infinity'::timestamptz`;
  if (milliseconds > latest) return sql`'infinity'::timestamptz`;
  return sql`${new Date(milliseconds).toISOString()}::timestamptz`;
}
