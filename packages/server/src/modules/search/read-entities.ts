import type { Readable } from 'node:stream';
import { type Actor, Refusal } from '@gantry/core';
import { sql } from 'kysely';
import type { Answers } from '../../db/answers.ts';
import { asSql, type Condition } from '../../db/filter-to-sql/condition.ts';
import { entitiesAnswer, streamOf } from '../../http/json-stream.ts';
import { compiledOf, type StoredBlueprint } from '../blueprints/index.ts';
import type { View } from '../sight/index.ts';
import type { SearchKit } from './kit.ts';
import { presentSql } from './present/present.ts';
import { type ReadShape, wholeEntity } from './present/read-shape.ts';

/** A blueprint, and what somebody sees of its entities. */
interface Scope extends View {
  readonly blueprint: StoredBlueprint;
}

interface Document {
  readonly document: string;
}

/** One entity, as JSON text. @throws Refusal `not_found`; for an entity that was renamed, saying what it is called now */
export async function readEntity(
  kit: SearchKit,
  blueprintName: string,
  identifier: string,
  shape: ReadShape,
  actor: Actor,
): Promise<string> {
  const scope = await scopeOf(kit, blueprintName, actor);
  const { blueprint, sight } = scope;
  const [row] = await kit.reader.rows<Document>(sql`
    select ${presentSql(compiledOf(blueprint), shape, scope)} as document from entity e
    where e.blueprint_id = ${sql.lit(blueprint.id)} and e.identifier = ${identifier} and ${asSql(sight.rows(blueprint))}`);
  if (row) return row.document;
  throw await notFound(kit, scope, identifier);
}

/** What somebody sees of a blueprint's entities. @throws Refusal `not_found` where there is no such blueprint */
export async function scopeOf(kit: SearchKit, blueprint: string, actor: Actor): Promise<Scope> {
  const view = await kit.sights.having(blueprint, actor, kit.reader);
  return { ...view, blueprint: view.model.get(blueprint) };
}

/** The same for what does not exist and for what is not seen. */
export async function notFound(kit: SearchKit, { blueprint, sight }: Scope, identifier: string): Promise<Refusal> {
  const [renamed] = await kit.reader.rows<{ identifier: string }>(sql`
    select e.identifier from former_identifier f join ${sight.entities} as e on e.id = f.entity_id
    where f.blueprint_id = ${blueprint.id} and f.identifier = ${identifier}`);
  if (!renamed) return new Refusal('not_found', `There is no ${blueprint.identifier} \`${identifier}\`.`);
  const words = `${blueprint.identifier} \`${identifier}\` is now called \`${renamed.identifier}\`.`;
  return new Refusal('not_found', words, { details: { renamedTo: renamed.identifier } });
}

/** All entities of a blueprint, however many: they pass through in batches. */
export async function streamEntities(
  kit: SearchKit,
  blueprintName: string,
  shape: ReadShape,
  actor: Actor,
): Promise<Readable> {
  const scope = await scopeOf(kit, blueprintName, actor);
  return streamOf(entitiesAnswer(documentsOf(kit, scope, scope.sight.rows(scope.blueprint), shape)));
}

/** The entities of a blueprint that pass, by identifier, as JSON texts in batches. Whether they are seen is for the filter to say. */
export async function* documentsOf(
  kit: SearchKit,
  scope: Scope,
  filter: Condition,
  shape: ReadShape,
): AsyncGenerator<string[], void, void> {
  if (filter === false) return;
  const batches = kit.reader.batches<Document>(sql`
    select ${presentSql(compiledOf(scope.blueprint), shape, scope)} as document from entity e
    where e.blueprint_id = ${sql.lit(scope.blueprint.id)} and ${asSql(filter)} order by e.identifier`);
  for await (const batch of batches) yield batch.map(({ document }) => document);
}

/**
 * These entities, of whatever blueprints, as JSON texts by id. Those that are gone or not seen are missing. For other modules, too:
 * it runs in their transaction when they pass it.
 */
export async function readEntityJson(
  ids: readonly string[],
  view: View,
  answers: Answers,
  shape: ReadShape = wholeEntity,
): Promise<Map<string, string>> {
  const places = await answers.rows<{ blueprint_id: number; ids: string[] }>(sql`
    select blueprint_id, array_agg(id) as ids from ${view.sight.entities} as e where id = any(${ids}::bigint[]) group by blueprint_id`);
  const documents = new Map<string, string>();
  for (const place of places) {
    const blueprint = view.model.byId(place.blueprint_id);
    if (!blueprint) continue;
    const rows = await answers.rows<Document & { id: string }>(sql`
      select e.id, ${presentSql(compiledOf(blueprint), shape, { ...view, blueprint })} as document from entity e
      where e.id = any(${place.ids}::bigint[])`);
    for (const { id, document } of rows) documents.set(id, document);
  }
  return documents;
}
