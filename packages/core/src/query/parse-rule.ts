import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem } from '../problem.ts';
import { accepted, type Result, refused } from '../result.ts';
import { type OperatorRule, operatorRules } from './operators.ts';
import { type AnyOperand, parseOperand } from './parse-operand.ts';
import { parseRange, parseTerm, parseTerms } from './parse-value.ts';
import type { ParsedQuery, ParsedRule, RelatedTo, Term } from './parsed-query.ts';
import { type Operator, operators } from './query.ts';

type Input = Readonly<Record<string, unknown>>;

/** Reads one rule: what it looks at, what it asks, and with what value. */
export function parseRule(input: Input, path: string): Result<ParsedRule> {
  const operator = parseOperator(input.operator, path);
  const operand = parseOperand(input, path);
  if (!operator.ok || !operand.ok)
    return refused([operator, operand].flatMap((part) => (part.ok ? [] : part.problems)));
  const rule: OperatorRule = operatorRules[operator.value];
  const unsuited = checkSuits(operator.value, operand.value, path);
  const test = parseTest(rule, operand.value, input.value, joinPath(path, 'value'));
  if (unsuited.length > 0 || !test.ok) return refused([...unsuited, ...(test.ok ? [] : test.problems)]);
  return accepted({ kind: 'rule', operand: operand.value, negated: rule.negated, test: test.value });
}

function parseOperator(value: unknown, path: string): Result<Operator> {
  const known = operators.find((operator) => operator === value);
  if (known) return accepted(known);
  const at = joinPath(path, 'operator');
  if (typeof value !== 'string') return refused([{ path: at, message: 'must be the name of an operator' }]);
  const message = `\`${value.slice(0, 40)}\` is not an operator`;
  const hint = didYouMean(value, operators);
  return refused([{ path: at, message, remedy: hint.remedy ?? `Use one of ${operators.join(', ')}.` }]);
}

/** A path of relations yields identifiers of entities, so it can be compared with identifiers or be empty, no more. */
function checkSuits(operator: Operator, operand: AnyOperand, path: string): Problem[] {
  const asks = operatorRules[operator].asks;
  const at = joinPath(path, 'operator');
  if (operand.kind === 'path' && asks !== 'oneOf' && asks !== 'empty') {
    return [{ path: at, message: `\`${operator}\` cannot be asked of a path`, remedy: 'Use `matchAny` or `isEmpty`.' }];
  }
  if (operator === 'matchAny' && operand.kind !== 'path') {
    return [{ path: at, message: '`matchAny` needs a path as its `property`', remedy: 'Use `containsAny` or `in`.' }];
  }
  return [];
}

function parseTest(rule: OperatorRule, operand: AnyOperand, value: unknown, path: string): Result<ParsedRule['test']> {
  switch (rule.asks) {
    case 'empty':
    case 'expired':
      return accepted({ kind: rule.asks });
    case 'between':
      return map(parseRange(value, path), (range) => ({ kind: 'between', range }));
    case 'oneOf': {
      const terms = rule.list ? parseTerms(value, path) : map(parseTerm(value, path), (term) => [term]);
      return map(terms, (found) => ({ kind: 'oneOf', terms: found.map((term) => suit(term, operand)) }));
    }
    case 'contains':
      return map(parseTerm(value, path), (term) => ({ kind: 'contains', term: suit(term, operand) }));
    case 'order': {
      const { operator } = rule;
      return map(parseTerm(value, path), (term) => ({ kind: 'order', operator, term: suit(term, operand) }));
    }
    case 'text': {
      const { operator } = rule;
      return map(parseTerm(value, path), (term) => ({ kind: 'text', operator, term: suit(term, operand) }));
    }
  }
}

function map<T, U>(result: Result<T>, change: (value: T) => U): Result<U> {
  return result.ok ? accepted(change(result.value)) : result;
}

/** The signed-in user's teams, as filters of every age write it. */
const callersTeams: Term = { context: 'userTeams', property: '$identifier' };

/** A literal as the operand needs it: placeholders become what they stand for, numbers become identifiers. */
function suit(term: Term, operand: AnyOperand): Term {
  if (!('literal' in term)) return term;
  const { literal } = term;
  if (typeof literal === 'string') {
    if (literal === 'My Teams' && operand.kind === 'meta' && operand.name === '$team') return callersTeams;
    return placeholders.get(literal.replaceAll(' ', '')) ?? term;
  }
  return typeof literal === 'number' && holdsIdentifiers(operand) ? { literal: String(literal) } : term;
}

const placeholders: ReadonlyMap<string, Term> = new Map<string, Term>([
  ['{{getUserTeams()}}', callersTeams],
  ['{{getUserEmail()}}', { context: 'user', property: '$identifier' }],
  ['{{getUserFullName()}}', { context: 'user', property: '$title' }],
]);

/** Operands whose values are always texts; there a number can only be meant as one. */
function holdsIdentifiers(operand: AnyOperand): boolean {
  const isMeta = operand.kind === 'meta' && operand.name !== '$createdAt' && operand.name !== '$updatedAt';
  return isMeta || operand.kind === 'relation' || operand.kind === 'path';
}

/** Reads `relatedTo`, the one rule that looks at no property. Source: port-api.md §5.4. */
export function parseRelatedTo(input: Input, path: string): Result<ParsedQuery> {
  const { blueprint, direction = 'both', required } = input;
  const problems: Problem[] = [];
  const refuse = (key: string, message: string) => problems.push({ path: joinPath(path, key), message });
  const namesBlueprint = typeof blueprint === 'string' && blueprint !== '';
  const knowsDirection = direction === 'upstream' || direction === 'downstream' || direction === 'both';
  const isFlag = required === undefined || typeof required === 'boolean';
  if (!namesBlueprint) refuse('blueprint', 'must name the blueprint of the entity in `value`');
  if (!knowsDirection) refuse('direction', 'must be `upstream` or `downstream`, or be left out');
  if (!isFlag) refuse('required', 'must be true, false, or left out');
  const identifiers = parseIdentifiers(input.value, joinPath(path, 'value'));
  if (!identifiers.ok) return refused([...problems, ...identifiers.problems]);
  if (!namesBlueprint || !knowsDirection || !isFlag) return refused(problems);
  const relatedTo: RelatedTo = { blueprint, identifiers: identifiers.value, direction };
  return accepted({ kind: 'relatedTo', relatedTo: required === undefined ? relatedTo : { ...relatedTo, required } });
}

function parseIdentifiers(value: unknown, path: string): Result<string[]> {
  const terms = parseTerms(value, path);
  if (!terms.ok) return terms;
  const literals = terms.value.flatMap((term) => ('literal' in term ? [term.literal] : []));
  const identifiers = literals.filter((literal) => typeof literal === 'string' || typeof literal === 'number');
  if (identifiers.length === terms.value.length) return accepted(identifiers.map(String));
  return refused([{ path, message: 'must be the identifier of an entity, or a list of them' }]);
}
