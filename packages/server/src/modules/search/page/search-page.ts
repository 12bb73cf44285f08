import type { Body, searchBlueprintEntities } from '@gantry/contract';
import {
  type Actor,
  decodeCursor,
  encodeCursor,
  type ParsedQuery,
  parseSort,
  refuseInvalid,
  type Sort,
} from '@gantry/core';
import { sql } from 'kysely';
import { asSql, type Condition } from '../../../db/filter-to-sql/condition.ts';
import type { FilterScope, KnownBlueprint } from '../../../db/filter-to-sql/scope.ts';
import { compiledOf } from '../../blueprints/index.ts';
import type { SearchKit } from '../kit.ts';
import { presentSql } from '../present/present.ts';
import type { ReadShape } from '../present/read-shape.ts';
import { accept, bind, conditionOf, parseRunnable, placed } from '../question.ts';
import { scopeOf } from '../read-entities.ts';
import { type FoundRow, findAlongOrder, findBySorting, findFarAlong, type PageQuestion } from './find-page.ts';
import type { Position } from './sections.ts';
import { type SortKey, sortKeysOf } from './sort-keys.ts';

type PageBody = NonNullable<Body<typeof searchBlueprintEntities>>;

const DEFAULT_LIMIT = 200;

/** What decides the order and the content of all pages; a cursor goes only with the question it came from. */
interface Asked {
  readonly blueprint: string;
  readonly query: ParsedQuery;
  readonly sort: Sort;
  readonly search: string;
}

/** A page of entities of one blueprint, as JSON text of the answer. Source: port-api.md §4.7. */
export async function searchPage(
  kit: SearchKit,
  blueprintName: string,
  body: PageBody,
  shape: ReadShape,
  actor: Actor,
): Promise<string> {
  const scope = await scopeOf(kit, blueprintName, actor);
  const { blueprint } = scope;
  const asked = parse(blueprint.identifier, body);
  const keys = sortKeysOf(asked.sort, scope);
  const after = positionOf(body.from, asked, keys);
  const filter = conditionOf(await bind(asked.query, actor, kit.reader, scope), asked.search, scope);
  const limit = body.limit ?? DEFAULT_LIMIT;
  const present = presentSql(compiledOf(blueprint), shape, scope);
  const question: PageQuestion = {
    blueprint,
    filter,
    keys,
    after,
    offset: body.offset ?? 0,
    limit: limit + 1,
    present,
  };
  // One more than asked for tells whether there is a next page.
  const [rows, total] = await Promise.all([
    find(kit, question, asked, { scope, actor }),
    body.count === true ? countMatching(kit, blueprint, filter) : undefined,
  ]);
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? cursorOf(page.at(-1), asked) : null;
  const counted = total === undefined ? '' : `,"total":${total}`;
  return `{"ok":true,"entities":[${page.map(({ document }) => document).join(',')}],"next":${JSON.stringify(next)}${counted}}`;
}

function parse(blueprint: string, body: PageBody): Asked {
  const query = parseRunnable(body.query);
  const sort = parseSort(body.sort);
  if (!query.ok || !sort.ok) throw refuseInvalid([...placed(query, 'query'), ...placed(sort, 'sort')]);
  return { blueprint, query: query.value, sort: sort.value, search: body.search ?? '' };
}

/** Hopes that the filter lets many pass, unless it is known not to; sorts what passes where hope was vain. */
async function find(
  kit: SearchKit,
  question: PageQuestion,
  asked: Asked,
  { scope, actor }: { scope: FilterScope; actor: Actor },
): Promise<FoundRow[]> {
  const { blueprint, keys, filter, after, offset } = question;
  const isOrdered = await kit.orders.has(keys, blueprint.id);
  if (offset > 0 && isOrdered && filter === true && after === null) return findFarAlong(question, kit.reader);
  const filterName =
    filter === true ? '' : JSON.stringify([blueprint.id, asked.query, asked.search, rowsName(scope, actor)]);
  if (isOrdered && offset === 0 && !namesEntities(asked.query) && !kit.sparse.has(filterName, performance.now())) {
    const rows = await findAlongOrder(question, kit.reader);
    if (rows) return rows;
    kit.sparse.add(filterName, performance.now());
  }
  const start = performance.now();
  const rows = await findBySorting(question, kit.reader);
  if (!isOrdered) await kit.orders.noteSorted(performance.now() - start, asked.sort, scope);
  return rows;
}

/** Tells apart who sees which rows: what passes a filter depends on that. */
function rowsName({ blueprint, sight }: FilterScope, actor: Actor): string {
  return sight.rows(blueprint) === true ? '' : actor.id;
}

/** Whether only entities named by identifier can match: those are looked up, not looked for. */
function namesEntities(query: ParsedQuery): boolean {
  if (query.kind === 'group') return query.combinator === 'and' && query.nodes.some(namesEntities);
  if (query.kind !== 'rule' || query.negated || query.test.kind !== 'oneOf') return false;
  return query.operand.kind === 'meta' && query.operand.name === '$identifier';
}

export async function countMatching(kit: SearchKit, blueprint: KnownBlueprint, filter: Condition): Promise<number> {
  if (filter === false) return 0;
  const [row] = await kit.reader.rows<{ count: number }>(sql`
    select count(*)::int as count from entity e where e.blueprint_id = ${sql.lit(blueprint.id)} and ${asSql(filter)}`);
  return row?.count ?? 0;
}

function positionOf(from: string | null | undefined, asked: Asked, keys: readonly SortKey[]): Position | null {
  if (from === undefined || from === null || from === '') return null;
  const { values, tie } = accept(decodeCursor(from, asked, keys.length - 1));
  return [...values.map((value) => (value === null ? null : String(value))), tie[0] ?? ''];
}

function cursorOf(row: FoundRow | undefined, asked: Asked): string | null {
  if (!row) return null;
  return encodeCursor({ values: row.position.slice(0, -1), tie: [row.position.at(-1) ?? ''] }, asked);
}
