import { type RawBuilder, sql } from 'kysely';
import type { Condition } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import { seenDerived, seenProperty, seenRelation } from './seen-value.ts';

const MOST_WORDS = 10;

/** Formats of long texts: documents, not what stands in a cell of a table. */
const documents: ReadonlySet<unknown> = new Set(['markdown', 'yaml', 'proto']);

/**
 * The quick search above a table: every word must occur, in any case and anywhere inside, in what a row shows as text:
 * title, identifier, teams, texts and lists among the properties (documents left out), derived values and related names.
 */
export function quickSearch(search: string | undefined, scope: FilterScope): Condition {
  const { definition } = scope.blueprint;
  const words = wordsOf(search);
  if (words.length === 0) return true;
  const shown = Object.entries(definition.schema.properties).flatMap(([key, { type, format, spec }]) =>
    (type === 'string' && !documents.has(format) && spec === undefined) || type === 'array' || type === 'enum'
      ? [textOf(seenProperty(key, scope))]
      : [],
  );
  const { mirrorProperties, calculationProperties } = definition;
  const derived = Object.keys({ ...mirrorProperties, ...calculationProperties });
  const related = Object.keys(definition.relations);
  const texts: RawBuilder<unknown>[] = [
    sql`e.title`,
    sql`e.identifier`,
    sql`array_to_string(e.team, ' ')`,
    ...shown,
    ...derived.map((key) => textOf(seenDerived(key, scope))),
    ...related.map((key) => textOf(seenRelation(key, scope))),
  ];
  // Names are of collation "C", which knows the small letters of ASCII only.
  const haystack = sql`lower(concat_ws(' ', ${sql.join(texts)}) collate "default")`;
  return sql`(select ${sql.join(
    words.map((word) => sql`strpos(haystack, ${word}) > 0`),
    sql` and `,
  )} from (select ${haystack} as haystack) as shown)`;
}

/** In small letters; what is beyond a reasonable number of words does not count. */
export function wordsOf(search: string | undefined): string[] {
  const words = (search ?? '')
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS);
}

function textOf(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${value} #>> '{}'`;
}
