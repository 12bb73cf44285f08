import { type Static, Type } from 'typebox';

/**
 * The search language as data (Port's dialect): a tree of groups and rules. `rules` and `conditions` are the same
 * thing under two names, because searches use one and scorecards the other. What each rule may hold is checked by
 * `parse-query.ts`, which also reports unknown operators; this schema fixes only the envelope.
 */
export const operators = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'contains',
  'doesNotContains',
  'containsAny',
  'in',
  'notIn',
  'beginsWith',
  'doesNotBeginsWith',
  'endsWith',
  'doesNotEndsWith',
  'isEmpty',
  'isNotEmpty',
  'between',
  'notBetween',
  'isExpired',
  'isNotExpired',
  'relatedTo',
  'matchAny',
] as const;
export type Operator = (typeof operators)[number];

export const Query = Type.Object(
  {
    combinator: Type.Optional(Type.Union([Type.Literal('and'), Type.Literal('or')])),
    rules: Type.Optional(Type.Array(Type.Unknown())),
    conditions: Type.Optional(Type.Array(Type.Unknown())),
  },
  { additionalProperties: true },
);
/** The raw, unchecked query as it arrives and as it is stored (verbatim). */
export type Query = Static<typeof Query>;
