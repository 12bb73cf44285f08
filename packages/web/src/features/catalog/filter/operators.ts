import type { DatePreset, Operator } from '@gantry/core';
import type { Field } from '../fields.ts';

/** Which comparisons a filter offers for a field, most wanted first. */
const byShape: Readonly<Record<Field['filter'], readonly Operator[]>> = {
  text: ['contains', 'doesNotContains', '=', '!=', 'in', 'notIn', 'beginsWith', 'endsWith', 'isEmpty', 'isNotEmpty'],
  options: ['in', 'notIn', '=', '!=', 'isEmpty', 'isNotEmpty'],
  number: ['=', '!=', '>', '>=', '<', '<=', 'isEmpty', 'isNotEmpty'],
  instant: ['between', 'notBetween', '>', '<', 'isEmpty', 'isNotEmpty'],
  timer: ['isExpired', 'isNotExpired', 'between', 'isEmpty', 'isNotEmpty'],
  boolean: ['=', 'isEmpty', 'isNotEmpty'],
  list: ['contains', 'doesNotContains', 'containsAny', 'isEmpty', 'isNotEmpty'],
  relation: ['in', 'notIn', 'isEmpty', 'isNotEmpty'],
  presence: ['isNotEmpty', 'isEmpty'],
};

export function operatorsOf(field: Field): readonly Operator[] {
  return byShape[field.filter];
}

/** The comparisons in words; those the form never offers are here because a query in code may use them. */
export const operatorWords: Readonly<Record<Operator, string>> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  contains: 'contains',
  doesNotContains: 'does not contain',
  containsAny: 'contains any of',
  in: 'is any of',
  notIn: 'is none of',
  beginsWith: 'begins with',
  doesNotBeginsWith: 'does not begin with',
  endsWith: 'ends with',
  doesNotEndsWith: 'does not end with',
  isEmpty: 'is empty',
  isNotEmpty: 'is set',
  between: 'within',
  notBetween: 'not within',
  isExpired: 'has expired',
  isNotExpired: 'has not expired',
  relatedTo: 'is related to',
  matchAny: 'matches any of',
};

/** The same comparison reads differently of moments. */
export function wordsOf(operator: Operator, field: Field | undefined): string {
  if (field?.filter === 'instant' || field?.filter === 'timer') {
    if (operator === '>') return 'after';
    if (operator === '<') return 'before';
  }
  return operatorWords[operator];
}

export const needsNoValue = (operator: Operator): boolean =>
  operator === 'isEmpty' || operator === 'isNotEmpty' || operator === 'isExpired' || operator === 'isNotExpired';

export const takesList = (operator: Operator): boolean =>
  operator === 'in' || operator === 'notIn' || operator === 'containsAny' || operator === 'matchAny';

/** Relative ranges in words, in the order to offer them. */
export const presetWords = {
  today: 'today',
  yesterday: 'yesterday',
  lastDay: 'the last 24 hours',
  lastWeek: 'the last week',
  last2Weeks: 'the last 2 weeks',
  lastMonth: 'the last month',
  last3Months: 'the last 3 months',
  last6Months: 'the last 6 months',
  last12Months: 'the last 12 months',
  last2Years: 'the last 2 years',
  last3Years: 'the last 3 years',
  tomorrow: 'tomorrow',
  nextDay: 'the next 24 hours',
  nextWeek: 'the next week',
  next2Weeks: 'the next 2 weeks',
  nextMonth: 'the next month',
  next3Months: 'the next 3 months',
  next6Months: 'the next 6 months',
  next12Months: 'the next 12 months',
  next2Years: 'the next 2 years',
  next3Years: 'the next 3 years',
} as const satisfies Record<DatePreset, string>;
