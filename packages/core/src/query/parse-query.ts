import { isPlainObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem } from '../problem.ts';
import { accepted, PROBLEM_LIMIT, type Result, refused } from '../result.ts';
import { parseRelatedTo, parseRule } from './parse-rule.ts';
import type { ParsedQuery } from './parsed-query.ts';

/** How deep groups may nest. */
export const QUERY_DEPTH_LIMIT = 100;
/** How many rules one query may have. */
export const QUERY_RULE_LIMIT = 2000;

export const matchAll: ParsedQuery = { kind: 'group', combinator: 'and', nodes: [] };

/**
 * Reads a query of either dialect (`rules` of searches, `conditions` and `not` of scorecards) or a bare rule, and
 * reports everything wrong with it, with paths like `rules.0.value`. Nothing, `null` and `{}` ask for everything. Keys
 * that mean nothing here are ignored: stored queries carry the marks of the program that drew them.
 * Source: port-api.md §5.
 */
export function parseQuery(input: unknown): Result<ParsedQuery> {
  if (input === undefined || input === null) return accepted(matchAll);
  const problems: Problem[] = [];
  const reading: Reading = { problems, rules: 0 };
  const query = readNode(input, '', 0, reading);
  if (reading.rules > QUERY_RULE_LIMIT) {
    problems.push({
      path: '',
      message: `has ${reading.rules} rules; ${QUERY_RULE_LIMIT} is the limit`,
      remedy: 'Put the values into one rule with `in`, or ask in several queries.',
    });
  }
  return query && problems.length === 0 ? accepted(query) : refused(problems);
}

interface Reading {
  readonly problems: Problem[];
  rules: number;
}

/** Undefined means that a problem was noted. Reads on after a problem, so that all of them are reported at once. */
function readNode(input: unknown, path: string, depth: number, reading: Reading): ParsedQuery | undefined {
  const { problems } = reading;
  if (problems.length >= PROBLEM_LIMIT) return undefined;
  if (depth > QUERY_DEPTH_LIMIT) {
    problems.push({
      path,
      message: `is nested deeper than ${QUERY_DEPTH_LIMIT} levels`,
      remedy: 'Flatten the groups.',
    });
    return undefined;
  }
  if (!isPlainObject(input)) {
    problems.push({
      path,
      message: 'must be an object: a group with `combinator` and `rules`, or a rule with `operator`',
    });
    return undefined;
  }
  if ('not' in input) {
    const node = readNode(input.not, joinPath(path, 'not'), depth + 1, reading);
    return node && { kind: 'not', node };
  }
  if ('operator' in input) return readRule(input, path, reading);
  return readGroup(input, path, depth, reading);
}

function readRule(input: Readonly<Record<string, unknown>>, path: string, reading: Reading): ParsedQuery | undefined {
  reading.rules += 1;
  // Past the limit only counting goes on: the answer will be a refusal whatever the rules say.
  if (reading.rules > QUERY_RULE_LIMIT) return undefined;
  const result = input.operator === 'relatedTo' ? parseRelatedTo(input, path) : parseRule(input, path);
  if (result.ok) return result.value;
  reading.problems.push(...result.problems);
  return undefined;
}

function readGroup(
  input: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
  reading: Reading,
): ParsedQuery | undefined {
  const combinator = readCombinator(input.combinator, path, reading.problems);
  const key = 'rules' in input ? 'rules' : 'conditions';
  const list = input[key];
  if (list === undefined || list === null) {
    if (Object.keys(input).length === 0 && depth === 0) return matchAll;
    const missing = 'has neither `rules` (or `conditions`) nor an `operator`';
    reading.problems.push({ path, message: missing, remedy: 'An empty list of rules matches everything.' });
    return undefined;
  }
  if (!Array.isArray(list)) {
    reading.problems.push({ path: joinPath(path, key), message: 'must be a list' });
    return undefined;
  }
  const nodes = list.map((item, index) => readNode(item, joinPath(path, `${key}.${index}`), depth + 1, reading));
  const sound = nodes.filter((node) => node !== undefined);
  return combinator && sound.length === nodes.length ? { kind: 'group', combinator, nodes: sound } : undefined;
}

function readCombinator(value: unknown, path: string, problems: Problem[]): 'and' | 'or' | undefined {
  if (value === undefined || value === null) return 'and';
  if (value === 'and' || value === 'or') return value;
  const hint = typeof value === 'string' ? didYouMean(value, ['and', 'or']) : {};
  problems.push({ path: joinPath(path, 'combinator'), message: 'must be `and` or `or`', ...hint });
  return undefined;
}
