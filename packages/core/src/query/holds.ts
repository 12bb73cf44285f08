import { isPlainObject } from '../json.ts';
import { parseInstant } from '../property/instant.ts';
import type { BoundTest, OrderOperator, Scalar } from './parsed-query.ts';

/** Whether a test holds for one value, as JSON; what is absent counts as null. The table is in `evaluate.ts`. */
export function holds(test: BoundTest, value: unknown): boolean {
  if (test.kind === 'empty') return isEmpty(value);
  if (!Array.isArray(value)) return holdsForOne(test, value ?? null);
  if (test.kind === 'contains') return value.some((element) => element === test.value);
  return value.some((element) => holdsForOne(test, element));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isPlainObject(value) && Object.keys(value).length === 0;
}

function holdsForOne(test: Exclude<BoundTest, { kind: 'empty' }>, value: unknown): boolean {
  switch (test.kind) {
    case 'oneOf':
      return test.values.includes(value as Scalar) || isAtOneOf(test.instants, value);
    case 'contains':
      return typeof value === 'string' && typeof test.value === 'string' && value.includes(test.value);
    case 'order': {
      const measure = measureOf(test.of, value);
      return measure !== undefined && inOrder(measure, test.operator, test.than);
    }
    case 'text':
      if (typeof value !== 'string') return false;
      return test.operator === 'beginsWith' ? value.startsWith(test.text) : value.endsWith(test.text);
    case 'between': {
      const measure = measureOf(test.of, value);
      return measure !== undefined && measure >= (test.from ?? measure) && measure <= (test.to ?? measure);
    }
  }
}

function isAtOneOf(instants: readonly number[], value: unknown): boolean {
  if (instants.length === 0 || typeof value !== 'string') return false;
  const moment = parseInstant(value);
  return moment !== undefined && instants.includes(moment);
}

function measureOf(of: 'instant' | 'number', value: unknown): number | undefined {
  if (of === 'number') return typeof value === 'number' ? value : undefined;
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function inOrder(left: number, operator: OrderOperator, right: number): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
  }
}
