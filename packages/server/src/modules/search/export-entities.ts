import type { Readable } from 'node:stream';
import type { Body, exportEntities } from '@gantry/contract';
import { type Actor, isMetaProperty, parseSort, refuseInvalid } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { asSql } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import { csvLine } from '../../http/csv.ts';
import { streamOf } from '../../http/json-stream.ts';
import type { SearchKit } from './kit.ts';
import { propertyValue, relationValue, scorecardValue } from './operand-value.ts';
import { orderBy, sortKeysOf } from './page/sort-keys.ts';
import { bind, conditionOf, parseRunnable, placed } from './question.ts';

type ExportBody = Body<typeof exportEntities>;
export interface Export {
  readonly stream: Readable;
  readonly media: string;
  readonly fileName: string;
}

interface CellsRow {
  readonly cells: unknown[];
}

/** Everything that matches, in order, with the columns asked for. Rows pass through; none is kept. */
export async function exportMatching(kit: SearchKit, name: string, body: ExportBody, actor: Actor): Promise<Export> {
  const view = await kit.sights.having(name, actor, kit.reader);
  const scope = { ...view, blueprint: view.model.get(name) };
  const query = parseRunnable(body.query);
  const sort = parseSort(body.sort);
  const unknown = body.columns.flatMap((column, index) =>
    columnValue(column, scope) ? [] : [{ path: `columns.${index}`, message: `\`${column}\` is no column of ${name}` }],
  );
  if (!query.ok || !sort.ok || unknown.length > 0) {
    throw refuseInvalid([...placed(query, 'query'), ...placed(sort, 'sort'), ...unknown]);
  }
  const filter = conditionOf(await bind(query.value, actor, kit.reader, view), body.search, scope);
  const cells = body.columns.map((column) => columnValue(column, scope) ?? sql`null::jsonb`);
  const rows = kit.reader.batches<CellsRow>(sql`
    select jsonb_build_array(${sql.join(cells)}) as cells from entity e
    where e.blueprint_id = ${sql.lit(scope.blueprint.id)} and ${asSql(filter)}
    order by ${orderBy(sortKeysOf(sort.value, scope), (key) => key.expression)}`);
  const isCsv = body.format === 'csv';
  return {
    stream: await streamOf(isCsv ? csv(body.columns, rows) : json(body.columns, rows)),
    media: isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8',
    fileName: `${name.replaceAll(/[^\p{L}0-9_.-]+/gu, '-')}.${body.format}`,
  };
}

/** Columns are named like parts of an entity: `title`, `$title`, `properties.tier`, `tier`, `relations.owner`, `owner`. */
function columnValue(column: string, scope: FilterScope): RawBuilder<unknown> | undefined {
  const meta = column.startsWith('$') ? column : `$${column}`;
  if (isMetaProperty(meta)) return propertyValue(meta, scope);
  const [, section, key = ''] = /^(properties|relations|scorecards)\.(.+)$/su.exec(column) ?? [undefined, '', column];
  const { definition } = scope.blueprint;
  const isProperty = [
    definition.schema.properties,
    definition.mirrorProperties,
    definition.calculationProperties,
    definition.aggregationProperties,
  ].some((map) => Object.hasOwn(map, key));
  if (section === 'scorecards') return scorecardValue(key, undefined, scope);
  if (section !== 'relations' && isProperty) return propertyValue(key, scope);
  if (section !== 'properties' && Object.hasOwn(definition.relations, key)) return relationValue(key, scope);
  return undefined;
}

async function* csv(
  columns: readonly string[],
  batches: AsyncIterable<CellsRow[]>,
): AsyncGenerator<string, void, void> {
  let head = csvLine(columns);
  for await (const rows of batches) {
    yield head + rows.map(({ cells }) => csvLine(cells)).join('');
    head = '';
  }
  yield head;
}

async function* json(
  columns: readonly string[],
  batches: AsyncIterable<CellsRow[]>,
): AsyncGenerator<string, void, void> {
  let head = '[';
  for await (const rows of batches) {
    const objects = rows.map(({ cells }) =>
      JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, cells[index]]))),
    );
    yield `${head}\n${objects.join(',\n')}`;
    head = ',';
  }
  yield head === '[' ? '[]\n' : '\n]\n';
}
