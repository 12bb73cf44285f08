import { type RawBuilder, sql } from 'kysely';
import type { Answers } from '../../../db/answers.ts';
import { allOf, anyOf, asSql, type Condition } from '../../../db/filter-to-sql/condition.ts';
import type { KnownBlueprint } from '../../../db/filter-to-sql/scope.ts';
import { type Position, type Section, sectionsAfter } from './sections.ts';
import { orderBy, type SortKey } from './sort-keys.ts';

/** How many rows the hopeful way looks at before it gives up. */
const GLANCE = 3000;

export interface PageQuestion {
  readonly blueprint: KnownBlueprint;
  readonly filter: Condition;
  readonly keys: readonly SortKey[];
  readonly after: Position | null;
  /** How many rows are passed over first. */
  readonly offset: number;
  readonly limit: number;
  /** What each row `e` is to be written as. */
  readonly present: RawBuilder<string>;
}

export interface FoundRow {
  readonly document: string;
  readonly position: Position;
}

type Row = { document: string } & Record<string, string | null>;

/**
 * Walks along an index in the order of the page and takes what passes the filter: fast, and as fast in a million rows
 * as in a thousand, where the filter lets many pass. Looks at no more than `GLANCE` rows of a stretch.
 * @returns null when that was not enough to fill the page, so that it has to be found the other way
 */
export async function findAlongOrder(question: PageQuestion, answers: Answers): Promise<FoundRow[] | null> {
  const { filter, keys, after, limit } = question;
  if (filter === false) return [];
  const found: FoundRow[] = [];
  for (const section of after ? sectionsAfter(keys, after) : [{ where: sql`true`, keys }]) {
    const rows = await answers.rows<Row>(alongSection(question, section, limit - found.length));
    found.push(...rows.map((row) => toFound(row, keys)));
    if (found.length === limit) break;
    if (filter !== true && !(await isSeenWhole(question, section, answers))) return null;
  }
  return found;
}

/**
 * Counts along an index to a place far down and reads from there: what a table needs that is dragged to its middle. Only
 * for everything of a blueprint: a filter would have to be tried on each row that is passed over.
 */
export async function findFarAlong(question: PageQuestion, answers: Answers): Promise<FoundRow[]> {
  const { blueprint, keys, offset, limit, present } = question;
  const order = orderBy(keys, (key) => key.expression);
  const rows = await answers.rows<Row>(sql<Row>`
    with page as materialized (
      select id from entity e where blueprint_id = ${sql.lit(blueprint.id)}
      order by ${order} limit ${limit} offset ${offset}
    )
    select ${present} as document, ${positionOf(keys)}
    from (select e.*, ${namedKeys(keys)} from page join entity e using (id)) as e
    order by ${orderBy(keys, (key) => nameOf(key, keys))}`);
  return rows.map((row) => toFound(row, keys));
}

async function isSeenWhole({ blueprint }: PageQuestion, section: Section, answers: Answers): Promise<boolean> {
  const [row] = await answers.rows<{ size: number }>(sql`
    select count(*)::int as size from (
      select from entity e where blueprint_id = ${sql.lit(blueprint.id)} and ${section.where} limit ${sql.lit(GLANCE)}
    ) as glance`);
  return (row?.size ?? 0) < GLANCE;
}

/**
 * What is not cut short inside is put in order outside. What is cut comes in the order of the index, and PostgreSQL lets
 * an ordered and limited stretch pass through a filter as it is: so its keys need to be read of the page alone.
 */
function alongSection({ blueprint, filter, keys, present }: PageQuestion, section: Section, limit: number) {
  const order = orderBy(section.keys, (key) => key.expression);
  const stretch = sql`from entity e where blueprint_id = ${sql.lit(blueprint.id)} and ${section.where} order by ${order}`;
  const positions = sql.join(
    keys.map((key, index) => sql`(${key.expression})::text as ${sql.id(`position_${index}`)}`),
  );
  if (filter === true) return sql<Row>`select ${present} as document, ${positions} ${stretch} limit ${limit}`;
  return sql<Row>`
    select ${present} as document, ${positions} from (select * ${stretch} limit ${sql.lit(GLANCE)}) as e
    where ${asSql(filter)} limit ${limit}`;
}

/**
 * Finds everything that passes, by whatever index finds it, and sorts that: fast where little passes, and never wrong.
 * Only keys are sorted; documents are written for the rows of the page alone.
 */
export async function findBySorting(question: PageQuestion, answers: Answers): Promise<FoundRow[]> {
  const { blueprint, filter, keys, after, offset, limit, present } = question;
  if (filter === false) return [];
  const beyond = after ? anyOf(sectionsAfter(keys, after).map((section) => section.where)) : true;
  const order = orderBy(keys, (key) => nameOf(key, keys));
  const rows = await answers.rows<Row>(sql<Row>`
    with found as materialized (
      select e.id, ${namedKeys(keys)} from entity e
      where blueprint_id = ${sql.lit(blueprint.id)} and ${asSql(allOf([beyond, filter]))}
    ), page as materialized (
      select * from found order by ${order} limit ${limit} offset ${offset}
    )
    select ${present} as document, ${positionOf(keys)}
    from page join entity e on e.id = page.id order by ${order}`);
  return rows.map((row) => toFound(row, keys));
}

/** Keys are numbered columns: `key_0`, `key_1`, … */
function nameOf(key: SortKey, keys: readonly SortKey[]): RawBuilder<unknown> {
  return sql.id(`key_${keys.indexOf(key)}`);
}

function namedKeys(keys: readonly SortKey[]): RawBuilder<unknown> {
  return sql.join(keys.map((key) => sql`${key.expression} as ${nameOf(key, keys)}`));
}

function positionOf(keys: readonly SortKey[]): RawBuilder<unknown> {
  return sql.join(keys.map((key, index) => sql`${nameOf(key, keys)}::text as ${sql.id(`position_${index}`)}`));
}

function toFound(row: Row, keys: readonly SortKey[]): FoundRow {
  return { document: row.document, position: keys.map((_, index) => row[`position_${index}`] ?? null) };
}
