import type { Answer, aggregateEntities, Body } from '@gantry/contract';
import { type Actor, didYouMean, type Problem, refuseInvalid } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { asSql } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope, KnownBlueprint, KnownModel } from '../../db/filter-to-sql/scope.ts';
import type { SearchKit } from './kit.ts';
import { propertyValue, relationValue, scorecardValue } from './operand-value.ts';
import { bind, conditionOf, parseRunnable, placed } from './question.ts';

type Request = Body<typeof aggregateEntities>;
type Result = Answer<typeof aggregateEntities>['result'];

const functions = ['count', 'sum', 'average', 'min', 'max', 'median', 'countValues'] as const;
type Func = (typeof functions)[number];

/** Seconds of the periods an average can be over; a month is 30 days. `total` is one period: everything. */
const periods = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, total: null } as const;
type Period = keyof typeof periods;

/** What of each entity is looked at. */
type Subject = (scope: FilterScope) => RawBuilder<unknown>;

interface Question {
  readonly func: Func;
  /** Absent where entities themselves are counted. */
  readonly subject: Subject | undefined;
  readonly averageOf: Period;
  readonly measureTimeBy: string;
  readonly limit: number;
}

/**
 * One figure, or the count of each value, over everything a query matches in whatever blueprint. Source: port-api.md
 * §4.10, with the meanings of §3.6.
 */
export async function aggregate(kit: SearchKit, request: Request, actor: Actor): Promise<Result> {
  const view = await kit.sights.of(actor, kit.reader);
  const question = parse(request);
  const query = parseRunnable(request.query);
  if (!query.ok) throw refuseInvalid(placed(query, 'query'));
  const bound = await bind(query.value, actor, kit.reader, view);
  const parts = placesOf(request.blueprint, view.model).flatMap((blueprint) => {
    const scope = { ...view, blueprint };
    const filter = conditionOf(bound, request.search, scope);
    return filter === false ? [] : [valuesOf(scope, question, asSql(filter))];
  });
  if (question.func === 'countValues') return parts.length === 0 ? [] : countValues(kit, parts, question.limit);
  if (parts.length === 0) return question.func === 'count' ? 0 : null;
  const [row] = await kit.reader.rows<{ result: number | null }>(sql`
    with matched as (${sql.join(parts, sql` union all `)}) select (${figure(question)})::float8 as result from matched`);
  return row?.result ?? null;
}

function placesOf(blueprint: string | undefined, model: KnownModel): readonly KnownBlueprint[] {
  if (blueprint === undefined) return model.all;
  const place = model.find(blueprint);
  if (place) return [place];
  const message = `there is no blueprint \`${blueprint}\``;
  throw refuseInvalid([
    {
      path: 'blueprint',
      message,
      ...didYouMean(
        blueprint,
        model.all.map((one) => one.identifier),
      ),
    },
  ]);
}

/** Of each matching entity the value and the moment that count. */
function valuesOf(scope: FilterScope, question: Question, filter: RawBuilder<unknown>): RawBuilder<unknown> {
  const value = question.subject?.(scope) ?? sql`null::jsonb`;
  const at =
    question.func === 'average'
      ? sql`instant_ms(json_text(${propertyValue(question.measureTimeBy, scope)}))`
      : sql`null::bigint`;
  return sql`select ${value} as value, ${at} as at from entity e where e.blueprint_id = ${sql.lit(scope.blueprint.id)} and ${filter}`;
}

function figure({ func, subject, averageOf }: Question): RawBuilder<unknown> {
  switch (func) {
    case 'count':
    case 'countValues':
      return sql`count(*)`;
    case 'sum':
    case 'min':
    case 'max':
      return sql`${sql.raw(func)}(json_number(value))`;
    case 'median':
      return sql`percentile_cont(0.5) within group (order by json_number(value)::float8)`;
    case 'average': {
      const seconds = periods[averageOf];
      if (seconds === null) return subject ? sql`avg(json_number(value))` : sql`nullif(count(*), 0)`;
      // From the earliest moment until now, and what has begun counts: at least one period.
      const elapsed = sql`extract(epoch from now()) - min(at) / 1000.0`;
      const passed = sql`greatest(1, ceil((${elapsed}) / ${seconds}::numeric))`;
      return sql`${subject ? sql`sum(json_number(value))` : sql`nullif(count(*), 0)`} / ${passed}`;
    }
  }
}

/** Each element of a list counts as a value; entities without any count under null. */
async function countValues(kit: SearchKit, parts: readonly RawBuilder<unknown>[], limit: number): Promise<Result> {
  const elements = sql`case
    when jsonb_typeof(value) = 'array' and value <> '[]' then value
    else jsonb_build_array(nullif(value, '[]')) end`;
  return kit.reader.rows<{ value: unknown; count: number }>(sql`
    with matched as (${sql.join(parts, sql` union all `)})
    select nullif(element, 'null') as value, count(*)::int as count
    from matched cross join lateral jsonb_array_elements(${elements}) as element
    group by element order by count desc, element <> 'null', json_number(element), element::text collate "C" limit ${limit}`);
}

/** @throws Refusal `invalid_request` with everything that is wrong with it */
function parse(request: Request): Question {
  const { func, averageOf = 'day', measureTimeBy = '$createdAt', limit = 100 } = request;
  const problems: Problem[] = [];
  const known = functions.find((name) => name === func);
  if (!known) {
    const hint = didYouMean(func, functions);
    problems.push({
      path: 'func',
      message: 'is not a function',
      remedy: hint.remedy ?? `Use one of ${functions.join(', ')}.`,
    });
  }
  if (!isPeriod(averageOf)) {
    problems.push({ path: 'averageOf', message: `must be one of ${Object.keys(periods).join(', ')}` });
  }
  const subject = subjectOf(request);
  const needsSubject = known !== undefined && known !== 'count' && known !== 'average';
  if (needsSubject && !subject) {
    const needed = known === 'countValues' ? '`property`, `relation` or `scorecard`' : '`property`';
    problems.push({ path: '', message: `\`${known}\` needs ${needed}: what to look at` });
  }
  if (!known || !isPeriod(averageOf) || problems.length > 0) throw refuseInvalid(problems);
  const isOfEntities =
    known === 'count' ||
    (known === 'average' && request.calculationBy !== 'property' && request.property === undefined);
  return { func: known, subject: isOfEntities ? undefined : subject, averageOf, measureTimeBy, limit };
}

function isPeriod(name: string): name is Period {
  return Object.hasOwn(periods, name);
}

function subjectOf({ property, relation, ...rest }: Request): Subject | undefined {
  if (property !== undefined) return (scope) => propertyValue(property, scope);
  if (relation !== undefined) return (scope) => relationValue(relation, scope);
  const { scorecard, rule } = rest as { scorecard?: unknown; rule?: unknown };
  if (typeof scorecard !== 'string') return undefined;
  return (scope) => scorecardValue(scorecard, typeof rule === 'string' ? rule : undefined, scope);
}
