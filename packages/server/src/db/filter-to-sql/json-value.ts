import type { BoundTest, OrderOperator, Scalar } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { anyOf, type Condition } from './condition.ts';
import { beginsOrEnds, type ElementTest, isAtOneOf, isBetween } from './text-value.ts';

/** A value kept under a key of a jsonb column. */
export interface JsonPlace {
  readonly column: RawBuilder<unknown>;
  readonly key: string;
  /** What the value can be, when it is set. */
  readonly shape: 'one' | 'list' | 'either';
  /** What an absent value counts as. */
  readonly unset: 'null' | '[]';
}

/** A test of such a value. Equality is written as containment, which the inverted index over the column answers. */
export function testJson(place: JsonPlace, test: BoundTest): Condition {
  switch (test.kind) {
    case 'empty':
      return sql`coalesce(${valueAt(place)}, ${place.unset}) in ('null', '""', '[]', '{}')`;
    case 'oneOf':
      return anyOf([
        test.values.includes(null) && place.unset === 'null' && sql`coalesce(${valueAt(place)}, 'null') = 'null'`,
        holdsOneOf(place, test.values),
        test.instants.length > 0 && someElement(place, { ...test, values: [] }),
      ]);
    case 'contains':
      return anyOf([
        place.shape !== 'list' && testElement(valueAt(place), test),
        place.shape !== 'one' && contains(place, [{ [place.key]: [test.value] }]),
      ]);
    default:
      return someElement(place, test);
  }
}

function valueAt({ column, key }: JsonPlace): RawBuilder<unknown> {
  return sql`(${column} -> ${key}::text)`;
}

function holdsOneOf(place: JsonPlace, values: readonly Scalar[]): Condition {
  const alone = place.shape === 'list' ? [] : values.filter((value) => value !== null);
  const listed = place.shape === 'one' ? [] : values;
  return contains(place, [
    ...alone.map((value) => ({ [place.key]: value })),
    ...listed.map((value) => ({ [place.key]: [value] })),
  ]);
}

function contains({ column }: JsonPlace, documents: readonly object[]): Condition {
  if (documents.length === 0) return false;
  const texts = documents.map((document) => JSON.stringify(document));
  return texts.length === 1 ? sql`${column} @> ${texts[0]}::jsonb` : sql`${column} @> any(${texts}::jsonb[])`;
}

function someElement(place: JsonPlace, test: ElementTest): Condition {
  const value = valueAt(place);
  const element = testElement(sql`element`, test);
  if (element === false) return false;
  const elements = sql`jsonb_array_elements(case jsonb_typeof(${value}) when 'array' then ${value} end) as element`;
  return anyOf([
    place.shape !== 'list' && testElement(value, test),
    place.shape !== 'one' && sql`exists (select from ${elements} where ${element})`,
  ]);
}

function testElement(value: RawBuilder<unknown>, test: ElementTest): Condition {
  const text = sql`json_text(${value})`;
  const number = sql`json_number(${value})`;
  switch (test.kind) {
    case 'oneOf':
      return isAtOneOf(text, test.instants);
    case 'contains':
      return typeof test.value === 'string' && sql`strpos(${text}, ${test.value}) > 0`;
    case 'text':
      return beginsOrEnds(text, test.operator, test.text);
    case 'order':
      return test.of === 'number'
        ? compare(number, test.operator, test.than)
        : compare(sql`instant_ms(${text})`, test.operator, test.than);
    case 'between':
      return isBetween(test.of === 'number' ? number : sql`instant_ms(${text})`, test.from, test.to);
  }
}

function compare(measure: RawBuilder<unknown>, operator: OrderOperator, than: number): Condition {
  return sql`${measure} ${sql.raw(operator)} ${than}`;
}
