import {
  type Actor,
  type BoundQuery,
  bindQuery,
  type Caller,
  joinPath,
  type ParsedQuery,
  type Problem,
  parseQuery,
  type Result,
  refuseInvalid,
} from '@gantry/core';
import { sql } from 'kysely';
import { allOf, type Condition } from '../../db/filter-to-sql/condition.ts';
import { filterToSql } from '../../db/filter-to-sql/filter-to-sql.ts';
import type { FilterScope, KnownModel } from '../../db/filter-to-sql/scope.ts';
import type { Answers } from './kit.ts';
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
export async function bind(query: ParsedQuery, actor: Actor, answers: Answers, model: KnownModel): Promise<BoundQuery> {
  return bindQuery(query, { now: Date.now(), caller: await callerFor([query], actor, answers, model) });
}

/** The caller as these queries see them; null when none of them speaks of the caller. */
export async function callerFor(
  queries: readonly ParsedQuery[],
  actor: Actor,
  answers: Answers,
  model: KnownModel,
): Promise<Caller | null> {
  const isAsked = queries.some((query) => countRules(query, asksForCaller) > 0);
  return isAsked ? callerOf(actor, answers, model) : null;
}

function asksForCaller(node: ParsedQuery): boolean {
  if (node.kind !== 'rule') return false;
  const { operand, test } = node;
  const terms = test.kind === 'oneOf' ? test.terms : 'term' in test ? [test.term] : [];
  return operand.kind === 'context' || operand.kind === 'ownedByTeam' || terms.some((term) => 'context' in term);
}

interface CallerRow {
  readonly kind: 'user' | 'team';
  readonly attributes: Record<string, unknown>;
}

/** The `_user` entity of the one who calls, found by e-mail address, and the `_team` entities it belongs to. */
async function callerOf(actor: Actor, answers: Answers, model: KnownModel): Promise<Caller> {
  const attributes = sql`e.properties || e.computed || jsonb_build_object(
    '$identifier', e.identifier, '$title', coalesce(e.title, e.identifier), '$team', e.team)`;
  const rows = await answers.rows<CallerRow>(sql`
    with caller as (
      select id, team from entity where blueprint_id = ${idOf(model, '_user')} and identifier = ${actor.label}
    )
    select 'user' as kind, ${attributes} as attributes from entity e join caller on caller.id = e.id
    union all
    select 'team', ${attributes} from entity e join caller on e.identifier = any(caller.team)
    where e.blueprint_id = ${idOf(model, '_team')}`);
  const known = { $identifier: actor.label, $title: actor.label, email: actor.label };
  return {
    user: { ...known, ...rows.find(({ kind }) => kind === 'user')?.attributes },
    teams: rows.filter(({ kind }) => kind === 'team').map((row) => row.attributes),
  };
}

function idOf(model: KnownModel, identifier: string): number {
  return model.find(identifier)?.id ?? 0;
}

/** The condition on rows `e` of the scope's blueprint that a query and a quick search put together. */
export function conditionOf(query: BoundQuery, search: string | undefined, scope: FilterScope): Condition {
  return allOf([filterToSql(query, scope), quickSearch(search, scope.blueprint)]);
}
