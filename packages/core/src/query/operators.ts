import type { ValueClass } from '../property/kind.ts';
import type { OrderOperator, TextOperator } from './parsed-query.ts';
import type { Operator } from './query.ts';

/** What an operator asks, and whether it wants the answer no. `list`: its value is a list. */
export type OperatorRule = { readonly negated: boolean } & (
  | { readonly asks: 'oneOf'; readonly list: boolean }
  | { readonly asks: 'contains' | 'between' | 'expired' | 'empty' }
  | { readonly asks: 'order'; readonly operator: OrderOperator }
  | { readonly asks: 'text'; readonly operator: TextOperator }
);

/** Every operator that looks at a property, reduced to its test. The odd spellings are the wire format's. */
export const operatorRules = {
  '=': { asks: 'oneOf', list: false, negated: false },
  '!=': { asks: 'oneOf', list: false, negated: true },
  in: { asks: 'oneOf', list: true, negated: false },
  notIn: { asks: 'oneOf', list: true, negated: true },
  containsAny: { asks: 'oneOf', list: true, negated: false },
  matchAny: { asks: 'oneOf', list: true, negated: false },
  contains: { asks: 'contains', negated: false },
  doesNotContains: { asks: 'contains', negated: true },
  '>': { asks: 'order', operator: '>', negated: false },
  '>=': { asks: 'order', operator: '>=', negated: false },
  '<': { asks: 'order', operator: '<', negated: false },
  '<=': { asks: 'order', operator: '<=', negated: false },
  beginsWith: { asks: 'text', operator: 'beginsWith', negated: false },
  doesNotBeginsWith: { asks: 'text', operator: 'beginsWith', negated: true },
  endsWith: { asks: 'text', operator: 'endsWith', negated: false },
  doesNotEndsWith: { asks: 'text', operator: 'endsWith', negated: true },
  between: { asks: 'between', negated: false },
  notBetween: { asks: 'between', negated: true },
  isExpired: { asks: 'expired', negated: false },
  isNotExpired: { asks: 'expired', negated: true },
  isEmpty: { asks: 'empty', negated: false },
  isNotEmpty: { asks: 'empty', negated: true },
  // Looks at no property; read by parseRelatedTo.
  relatedTo: { asks: 'empty', negated: false },
} as const satisfies Record<Operator, OperatorRule>;

const emptiness = ['isEmpty', 'isNotEmpty'] as const;
const equality = ['=', '!='] as const;
const order = ['>', '>=', '<', '<='] as const;

/** The operators worth offering for values of a class, in the order to offer them. All others never match. */
export const operatorsByClass = {
  text: [
    ...equality,
    'in',
    'notIn',
    'contains',
    'doesNotContains',
    'beginsWith',
    'doesNotBeginsWith',
    'endsWith',
    'doesNotEndsWith',
    ...emptiness,
  ],
  number: [...equality, ...order, 'between', 'notBetween', ...emptiness],
  boolean: [...equality, ...emptiness],
  instant: ['between', 'notBetween', ...order, ...equality, 'isExpired', 'isNotExpired', ...emptiness],
  list: ['contains', 'doesNotContains', 'containsAny', ...emptiness],
  json: [...emptiness],
} as const satisfies Record<ValueClass, readonly Operator[]>;
