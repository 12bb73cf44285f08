import type { Readable } from 'node:stream';
import { Refusal } from '@gantry/core';
import { sql } from 'kysely';
import type { Condition } from '../../db/filter-to-sql/condition.ts';
import { entitiesAnswer, streamOf } from '../../http/json-stream.ts';
import { compiledOf, type Model, type StoredBlueprint } from '../blueprints/index.ts';
import type { Answers, SearchKit } from './kit.ts';
import { presentSql } from './present/present.ts';
import { type ReadShape, wholeEntity } from './present/read-shape.ts';

interface Document {
  readonly document: string;
}

/** One entity, as JSON text. @throws Refusal `not_found`; for an entity that was renamed, saying what it is called now */
export async function readEntity(
  kit: SearchKit,
  blueprintName: string,
  identifier: string,
  shape: ReadShape,
): Promise<string> {
  const model = await kit.memory.having(blueprintName);
  const blueprint = model.get(blueprintName);
  const [row] = await kit.reader.rows<Document>(sql`
    select ${presentSql(compiledOf(blueprint), shape, model)} as document from entity e
    where e.blueprint_id = ${sql.lit(blueprint.id)} and e.identifier = ${identifier}`);
  if (row) return row.document;
  throw await notFound(kit, blueprint, identifier);
}

export async function notFound(kit: SearchKit, blueprint: StoredBlueprint, identifier: string): Promise<Refusal> {
  const [renamed] = await kit.reader.rows<{ identifier: string }>(sql`
    select e.identifier from former_identifier f join entity e on e.id = f.entity_id
    where f.blueprint_id = ${blueprint.id} and f.identifier = ${identifier}`);
  if (!renamed) return new Refusal('not_found', `There is no ${blueprint.identifier} \`${identifier}\`.`);
  const words = `${blueprint.identifier} \`${identifier}\` is now called \`${renamed.identifier}\`.`;
  return new Refusal('not_found', words, { details: { renamedTo: renamed.identifier } });
}

/** All entities of a blueprint, however many: they pass through in batches. */
export async function streamEntities(kit: SearchKit, blueprintName: string, shape: ReadShape): Promise<Readable> {
  const model = await kit.memory.having(blueprintName);
  const blueprint = model.get(blueprintName);
  return streamOf(entitiesAnswer(documentsOf(kit, blueprint, true, shape, model)));
}

/** The entities of a blueprint that pass, by identifier, as JSON texts in batches. */
export async function* documentsOf(
  kit: SearchKit,
  blueprint: StoredBlueprint,
  filter: Condition,
  shape: ReadShape,
  model: Model,
): AsyncGenerator<string[], void, void> {
  if (filter === false) return;
  const where = filter === true ? sql`true` : filter;
  const batches = kit.reader.batches<Document>(sql`
    select ${presentSql(compiledOf(blueprint), shape, model)} as document from entity e
    where e.blueprint_id = ${sql.lit(blueprint.id)} and ${where} order by e.identifier`);
  for await (const batch of batches) yield batch.map(({ document }) => document);
}

/**
 * These entities, of whatever blueprints, as JSON texts by id. Those that are gone are missing. For other modules, too:
 * it runs in their transaction when they pass it.
 */
export async function readEntityJson(
  ids: readonly string[],
  model: Model,
  answers: Answers,
  shape: ReadShape = wholeEntity,
): Promise<Map<string, string>> {
  const places = await answers.rows<{ blueprint_id: number; ids: string[] }>(sql`
    select blueprint_id, array_agg(id) as ids from entity where id = any(${ids}::bigint[]) group by blueprint_id`);
  const documents = new Map<string, string>();
  for (const place of places) {
    const blueprint = model.byId(place.blueprint_id);
    if (!blueprint) continue;
    const rows = await answers.rows<Document & { id: string }>(sql`
      select e.id, ${presentSql(compiledOf(blueprint), shape, model)} as document from entity e
      where e.id = any(${place.ids}::bigint[])`);
    for (const { id, document } of rows) documents.set(id, document);
  }
  return documents;
}
