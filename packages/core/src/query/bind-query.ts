import { own } from '../json.ts';
import { isDateTime, parseInstant } from '../property/instant.ts';
import { rangeBounds } from './date-range.ts';
import { holds } from './holds.ts';
import type {
  BoundQuery,
  BoundRule,
  BoundTest,
  Caller,
  ContextRef,
  Operand,
  ParsedQuery,
  ParsedRule,
  Scalar,
  Term,
} from './parsed-query.ts';

/** What a query needs besides entities: the moment, in milliseconds since the epoch, and who asks. */
export interface QueryContext {
  readonly now: number;
  /** Null when nobody is signed in: then the caller has no properties and no teams. */
  readonly caller: Caller | null;
}

const never: BoundRule = { kind: 'constant', value: false };

/**
 * Puts the moment and the caller into a query. What is left looks only at entities, holds no presets, no references to
 * the caller and no texts that stand for numbers or dates; rules that no entity could influence are decided.
 */
export function bindQuery(query: ParsedQuery, context: QueryContext): BoundQuery {
  switch (query.kind) {
    case 'group':
      return { ...query, nodes: query.nodes.map((node) => bindQuery(node, context)) };
    case 'not':
      return { kind: 'not', node: bindQuery(query.node, context) };
    case 'relatedTo':
      return query;
    case 'rule':
      return complementIf(query.negated, anyOf(bindRule(query, context)));
  }
}

/** The positive form of a rule, as alternatives: a reference to the caller may stand for several values. */
function bindRule(rule: ParsedRule, context: QueryContext): BoundQuery[] {
  const { operand } = rule;
  const tests = bindTest(rule, context);
  if (operand.kind === 'context') {
    const values = lookUp(operand, context.caller);
    return [{ kind: 'constant', value: tests.some((test) => holds(test, values.length === 1 ? values[0] : values)) }];
  }
  if (operand.kind === 'ownedByTeam') return tests.map((test) => bindOwned(test, context.caller));
  return tests.map((test) => ({ kind: 'rule', operand, negated: false, test }));
}

/** One alternative stays a rule, so that the common query stays flat. */
function anyOf(alternatives: readonly BoundQuery[]): BoundQuery {
  const [first, ...others] = alternatives;
  if (!first) return never;
  return others.length === 0 ? first : { kind: 'group', combinator: 'or', nodes: alternatives };
}

function complementIf(negated: boolean, query: BoundQuery): BoundQuery {
  if (!negated) return query;
  if (query.kind === 'constant') return { kind: 'constant', value: !query.value };
  return query.kind === 'rule' ? { ...query, negated: !query.negated } : { kind: 'not', node: query };
}

function bindTest({ operand, test }: ParsedRule, context: QueryContext): BoundTest[] {
  switch (test.kind) {
    case 'empty':
      return [test];
    case 'expired':
      return [{ kind: 'order', operator: '<=', of: 'instant', than: context.now }];
    case 'between':
      return [{ kind: 'between', ...rangeBounds(test.range, context.now) }];
    case 'oneOf': {
      const values = test.terms.flatMap((term) => valuesOf(term, context.caller));
      return values.length === 0 ? [] : [{ kind: 'oneOf', values, instants: instantsOf(operand, values) }];
    }
    case 'contains':
      return valuesOf(test.term, context.caller).map((value) => ({ kind: 'contains', value }));
    case 'order':
      return valuesOf(test.term, context.caller).flatMap((value): BoundTest[] => {
        const measure = measureOf(value);
        return measure ? [{ kind: 'order', operator: test.operator, ...measure }] : [];
      });
    case 'text':
      return valuesOf(test.term, context.caller).flatMap((value): BoundTest[] => {
        if (typeof value !== 'string' && typeof value !== 'number') return [];
        return [{ kind: 'text', operator: test.operator, text: String(value) }];
      });
  }
}

/** Numbers compare as numbers, texts as the moment they name or else as the number they spell; nothing else compares. */
function measureOf(value: Scalar): { of: 'instant' | 'number'; than: number } | undefined {
  if (typeof value === 'number') return { of: 'number', than: value };
  if (typeof value !== 'string') return undefined;
  const moment = parseInstant(value);
  if (moment !== undefined) return { of: 'instant', than: moment };
  return /^-?\d+(\.\d+)?$/.test(value) ? { of: 'number', than: Number(value) } : undefined;
}

/** Moments equal each other however they are written, but only where moments are kept: never in names. */
function instantsOf(operand: ParsedRule['operand'], values: readonly Scalar[]): number[] {
  const keepsMoments =
    operand.kind === 'own' ||
    operand.kind === 'schema' ||
    (operand.kind === 'meta' && (operand.name === '$createdAt' || operand.name === '$updatedAt'));
  if (!keepsMoments) return [];
  return values.flatMap((value) => (typeof value === 'string' && isDateTime(value) ? [parseInstant(value) ?? 0] : []));
}

function valuesOf(term: Term, caller: Caller | null): Scalar[] {
  return 'literal' in term ? [term.literal] : lookUp(term, caller);
}

/** The scalars a reference stands for: lists are laid out, what is absent or no scalar is left out. */
function lookUp(ref: ContextRef, caller: Caller | null): Scalar[] {
  if (!caller) return [];
  const holders = ref.context === 'user' ? [caller.user] : caller.teams;
  const found: readonly unknown[] = holders.flatMap((holder) => own(holder, ref.property));
  return found.filter(isKnownScalar);
}

function isKnownScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** `$owned_by_team` is the text "true" where a team of the caller owns the entity and "false" elsewhere. */
function bindOwned(test: BoundTest, caller: Caller | null): BoundQuery {
  const whenOwned = holds(test, 'true') || holds(test, true);
  const whenNot = holds(test, 'false') || holds(test, false);
  if (whenOwned === whenNot) return { kind: 'constant', value: whenOwned };
  const operand: Operand = { kind: 'meta', name: '$team' };
  const values = lookUp({ context: 'userTeams', property: '$identifier' }, caller);
  return { kind: 'rule', operand, negated: whenNot, test: { kind: 'oneOf', values, instants: [] } };
}
