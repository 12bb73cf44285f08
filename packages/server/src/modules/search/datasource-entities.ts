import type { Readable } from 'node:stream';
import type { Body, listDatasourceEntities } from '@gantry/contract';
import { type Actor, decodeCursor, encodeCursor, parseInstant, refuseInvalid } from '@gantry/core';
import { sql } from 'kysely';
import { entitiesAnswer, streamOf } from '../../http/json-stream.ts';
import type { SearchKit } from './kit.ts';
import type { ReadShape } from './present/read-shape.ts';
import { accept } from './question.ts';
import { readEntityJson } from './read-entities.ts';

type DatasourceBody = Body<typeof listDatasourceEntities>;

const BATCH = 500;

/**
 * Entities of all blueprints by the data source that wrote them last, in the order they came to be. Without a limit
 * all of them, because one exporter never asks for a second page. Source: port-api.md §4.8.
 */
export async function listByDatasource(
  kit: SearchKit,
  body: DatasourceBody,
  shape: ReadShape,
  actor: Actor,
): Promise<Readable> {
  const { datasource_prefix: prefix = '', datasource_suffix: suffix = '', before, from, limit } = body;
  const asked = { prefix, suffix, before: before ?? null };
  const until = before ? momentOf(before) : 'infinity';
  const view = await kit.sights.of(actor, kit.reader);
  let position = from ? (accept(decodeCursor(from, asked, 0)).tie[0] ?? '0') : '0';
  let next: string | null = null;
  async function* matches() {
    for (let left = limit ?? Number.POSITIVE_INFINITY; left > 0; ) {
      const size = Math.min(BATCH, left);
      const rows = await kit.reader.rows<{ id: string }>(sql`
        select id from ${view.sight.entities} as e
        where datasource <> '' and starts_with(datasource, ${prefix}) and right(datasource, length(${suffix}::text)) = ${suffix}
          and updated_at < ${until}::timestamptz and id > ${position}::bigint
        order by id limit ${size + 1}`);
      const ids = rows.slice(0, size).map(({ id }) => id);
      const documents = await readEntityJson(ids, view, kit.reader, shape);
      yield ids.flatMap((id) => documents.get(id) ?? []);
      position = ids.at(-1) ?? position;
      left -= size;
      if (rows.length <= size) return;
    }
    next = encodeCursor({ values: [], tie: [position] }, asked);
  }
  return streamOf(entitiesAnswer(matches(), () => `,"next":${JSON.stringify(next)}`));
}

function momentOf(before: string): string {
  const moment = parseInstant(before);
  if (moment !== undefined) return new Date(moment).toISOString();
  const remedy = 'Write it as RFC 3339, like 2024-05-01T10:00:00Z.';
  throw refuseInvalid([{ path: 'before', message: 'is not a date', remedy }]);
}
