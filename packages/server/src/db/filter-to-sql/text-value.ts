import type { BoundTest } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Condition } from './condition.ts';

type Text = RawBuilder<unknown>;
/** The tests that look at one value, not at a list as a whole. */
export type ElementTest = Exclude<BoundTest, { kind: 'empty' }>;

/** A test of something that is text or null, such as a column. */
export function testText(text: Text, test: BoundTest): Condition {
  return test.kind === 'empty' ? sql`coalesce(${text}, '') = ''` : testTextElement(text, test);
}

export function testTextElement(text: Text, test: ElementTest): Condition {
  switch (test.kind) {
    case 'oneOf':
      return anyOf([
        test.values.includes(null) && sql`${text} is null`,
        isOneOf(text, textsOf(test.values)),
        isAtOneOf(text, test.instants),
      ]);
    case 'contains':
      return typeof test.value === 'string' && sql`strpos(${text}, ${test.value}) > 0`;
    case 'text':
      return beginsOrEnds(text, test.operator, test.text);
    case 'order':
      return test.of === 'instant' && sql`instant_ms(${text}) ${sql.raw(test.operator)} ${test.than}`;
    case 'between':
      return test.of === 'instant' && isBetween(sql`instant_ms(${text})`, test.from, test.to);
  }
}

/** A test of one of a list's elements: `contains` means the whole element there, not a part of its text. */
export function ofElement(test: ElementTest): ElementTest {
  return test.kind === 'contains' ? { kind: 'oneOf', values: [test.value], instants: [] } : test;
}

export function textsOf(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function isOneOf(text: Text, values: readonly string[]): Condition {
  if (values.length === 0) return false;
  return values.length === 1 ? sql`${text} = ${values[0]}` : sql`${text} = any(${values}::text[])`;
}

/** Any way of writing one of these moments. */
export function isAtOneOf(text: Text, instants: readonly number[]): Condition {
  return instants.length > 0 && sql`instant_ms(${text}) = any(${instants}::bigint[])`;
}

export function beginsOrEnds(text: Text, operator: 'beginsWith' | 'endsWith', part: string): Condition {
  if (operator === 'beginsWith') return sql`starts_with(${text}, ${part})`;
  return part === '' ? sql`${text} is not null` : sql`right(${text}, length(${part}::text)) = ${part}`;
}

/** Both ends belong to the range; without either, any measure does. */
export function isBetween(measure: RawBuilder<unknown>, from: number | undefined, to: number | undefined): Condition {
  if (from === undefined && to === undefined) return sql`${measure} is not null`;
  if (from === undefined) return sql`${measure} <= ${to}`;
  return to === undefined ? sql`${measure} >= ${from}` : sql`${measure} between ${from} and ${to}`;
}
