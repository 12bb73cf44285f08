import {
  type Actor,
  type BoundQuery,
  bindQuery,
  joinPath,
  type ParsedQuery,
  type Problem,
  parseQuery,
  type Result,
  refuseInvalid,
} from '@gantry/core';
import type { Answers } from '../../db/answers.ts';
import { allOf, type Condition } from '../../db/filter-to-sql/condition.ts';
import { filterToSql } from '../../db/filter-to-sql/filter-to-sql.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import { asksForCaller, callerOf, type View } from '../sight/index.ts';
import { quickSearch } from './quick-search.ts';

/** Rules that walk the graph cost more than all others together. */
const MOST_WALKS = 20;

/** @throws Refusal `invalid_request` with every problem, each at its place in the input */
export function accept<T>(result: Result<T>, at = ''): T {
  if (result.ok) return result.value;
  throw refuseInvalid(placed(result, at));
}

/** The problems of a result, at their places in the whole input; none when there are none. */
export function placed(result: Result<unknown>, at: string): Problem[] {
  if (result.ok) return [];
  return result.problems.map((problem) => ({ ...problem, path: joinPath(at, problem.path) }));
}

/** Reads a query that is going to be run, and not only kept. */
export function parseRunnable(input: unknown): Result<ParsedQuery> {
  const result = parseQuery(input);
  if (!result.ok) return result;
  const walks = countRules(result.value, isWalk);
  if (walks <= MOST_WALKS) return result;
  const message = `has ${walks} rules that follow relations (\`relatedTo\` and paths); ${MOST_WALKS} is the limit`;
  return { ok: false, problems: [{ path: '', message, remedy: 'Ask in several queries.' }] };
}

function isWalk(node: ParsedQuery): boolean {
  return node.kind === 'relatedTo' || (node.kind === 'rule' && node.operand.kind === 'path');
}

function countRules(query: ParsedQuery, isCounted: (node: ParsedQuery) => boolean): number {
  if (query.kind === 'group') return query.nodes.reduce((count, node) => count + countRules(node, isCounted), 0);
  if (query.kind === 'not') return countRules(query.node, isCounted);
  return isCounted(query) ? 1 : 0;
}

/** Puts the moment and the caller into a query; the caller is looked up only when the query speaks of them. */
export async function bind(query: ParsedQuery, actor: Actor, answers: Answers, view: View): Promise<BoundQuery> {
  const caller = asksForCaller(query) ? await callerOf(actor, answers, view.model, view.sight) : null;
  return bindQuery(query, { now: Date.now(), caller });
}

/** The condition on rows `e` of the scope's blueprint: they are seen, and a query and a quick search find them. */
export function conditionOf(query: BoundQuery, search: string | undefined, scope: FilterScope): Condition {
  return allOf([scope.sight.rows(scope.blueprint), filterToSql(query, scope), quickSearch(search, scope)]);
}
