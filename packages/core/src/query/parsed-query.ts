import type { MetaProperty } from '../property/meta.ts';

/**
 * The query language as a typed tree. `parse-query.ts` makes a `ParsedQuery` out of what arrived; `bind-query.ts` puts
 * the moment and the caller in and yields a `BoundQuery`, which is all that evaluation in memory and translation to
 * SQL ever see. Operators are reduced to few positive tests; every negative operator is the exact complement of its
 * positive one, so `negated` says the rest.
 */
export type Scalar = string | number | boolean | null;

/** What is looked at on the left of an operator. */
export type Operand =
  /** A meta property, e.g. `$team`. */
  | { readonly kind: 'meta'; readonly name: MetaProperty }
  /** A property of the entity: own, mirror, calculation or aggregation, all by bare key. */
  | { readonly kind: 'own'; readonly key: string }
  /** Identifiers (or titles) a relation holds. */
  | { readonly kind: 'relation'; readonly relation: string; readonly target: '$identifier' | '$title' }
  /** Identifiers of the entities at the end of a path of relations. */
  | PathOperand
  /** Every property whose definition has this schema; the rule holds when it holds for one of them. */
  | { readonly kind: 'schema'; readonly schema: PropertySchema }
  /** Level of a scorecard, or with `rule` the status (`SUCCESS`/`FAILURE`) of one of its rules. */
  | { readonly kind: 'scorecard'; readonly scorecard: string; readonly rule?: string };

export interface PropertySchema {
  readonly type: string;
  readonly format?: string;
}

export interface PathStep {
  readonly relation: string;
  /** How often the relation may be followed in a row, 1..15; everything on the way counts. */
  readonly maxHops: number;
}

/**
 * Without `fromBlueprint` the walk starts at the entity and follows its relations; with it, it starts at entities of
 * that blueprint, follows the path, and must end at the entity: the operand is then where the walk started.
 */
export interface PathOperand {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
  readonly fromBlueprint?: string;
}

/** A value only the caller's request knows: a property of the signed-in user or of the teams they belong to. */
export interface ContextRef {
  readonly context: 'user' | 'userTeams';
  /** A meta property or a property key of the user (or team) entity. */
  readonly property: string;
}

export interface RelatedTo {
  readonly blueprint: string;
  readonly identifiers: readonly string[];
  /** `upstream`: what the named entities depend on; `downstream`: what depends on them. */
  readonly direction: 'upstream' | 'downstream' | 'both';
  /** Follow only required (`true`) or only optional (`false`) relations; absent: all. */
  readonly required?: boolean;
}

export type OrderOperator = '>' | '>=' | '<' | '<=';
export type TextOperator = 'beginsWith' | 'endsWith';

/** The tree around the rules, whatever the rules are. */
export type QueryTree<Rule> =
  | { readonly kind: 'group'; readonly combinator: 'and' | 'or'; readonly nodes: readonly QueryTree<Rule>[] }
  | { readonly kind: 'not'; readonly node: QueryTree<Rule> }
  | { readonly kind: 'relatedTo'; readonly relatedTo: RelatedTo }
  | Rule;

/** A literal, or something to be looked up in the caller. */
export type Term = { readonly literal: Scalar } | ContextRef;

export type Range =
  | { readonly preset: DatePreset; readonly timeZone?: string }
  /** Both ends belong to the range. Milliseconds since the epoch, or plain numbers; an absent end is open. */
  | { readonly of: 'instant' | 'number'; readonly from?: number; readonly to?: number };

export const datePresets = [
  'today',
  'tomorrow',
  'yesterday',
  'lastDay',
  'lastWeek',
  'last2Weeks',
  'lastMonth',
  'last3Months',
  'last6Months',
  'last12Months',
  'last2Years',
  'last3Years',
  'nextDay',
  'nextWeek',
  'next2Weeks',
  'nextMonth',
  'next3Months',
  'next6Months',
  'next12Months',
  'next2Years',
  'next3Years',
] as const;
export type DatePreset = (typeof datePresets)[number];

export interface ParsedRule {
  readonly kind: 'rule';
  readonly operand: Operand | ({ readonly kind: 'context' } & ContextRef) | { readonly kind: 'ownedByTeam' };
  readonly negated: boolean;
  readonly test:
    | { readonly kind: 'oneOf'; readonly terms: readonly Term[] }
    | { readonly kind: 'contains'; readonly term: Term }
    | { readonly kind: 'order'; readonly operator: OrderOperator; readonly term: Term }
    | { readonly kind: 'text'; readonly operator: TextOperator; readonly term: Term }
    | { readonly kind: 'between'; readonly range: Range }
    | { readonly kind: 'expired' }
    | { readonly kind: 'empty' };
}
export type ParsedQuery = QueryTree<ParsedRule>;

/** A rule with nothing left to look up but the entity. See the table in `evaluate.ts` for what each test means. */
export type BoundRule =
  | { readonly kind: 'rule'; readonly operand: Operand; readonly negated: boolean; readonly test: BoundTest }
  /** Decided without looking at any entity. */
  | { readonly kind: 'constant'; readonly value: boolean };

export type BoundTest =
  /** The value, or an element of it when it is a list, equals one of `values` or is at one of `instants`. */
  | { readonly kind: 'oneOf'; readonly values: readonly Scalar[]; readonly instants: readonly number[] }
  /** Text holds `value` as a part, or a list holds `value` as an element. */
  | { readonly kind: 'contains'; readonly value: Scalar }
  | {
      readonly kind: 'order';
      readonly operator: OrderOperator;
      readonly of: 'instant' | 'number';
      readonly than: number;
    }
  | { readonly kind: 'text'; readonly operator: TextOperator; readonly text: string }
  | { readonly kind: 'between'; readonly of: 'instant' | 'number'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'empty' };
export type BoundQuery = QueryTree<BoundRule>;

/** The caller as queries see them. Attributes are keyed by property, meta properties with their `$`. */
export interface Caller {
  readonly user: Readonly<Record<string, unknown>>;
  readonly teams: readonly Readonly<Record<string, unknown>>[];
}
