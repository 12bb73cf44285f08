import type { Readable } from 'node:stream';
import { type Actor, Refusal } from '@gantry/core';
import { entitiesAnswer, streamOf } from '../../http/json-stream.ts';
import type { SearchKit } from './kit.ts';
import type { ReadShape } from './present/read-shape.ts';
import { accept, bind, conditionOf, parseRunnable } from './question.ts';
import { documentsOf } from './read-entities.ts';

/**
 * Everything that matches, in whatever blueprint. The query is asked of one blueprint after the other: most are ruled
 * out by their name alone, and in each of the others it is as fast as a search of that blueprint. With `allowPartial` a
 * blueprint that fails is named in `failedBlueprints` instead of ending it all. Source: port-api.md §4.7.
 */
export async function searchEverywhere(
  kit: SearchKit,
  input: unknown,
  shape: ReadShape,
  allowPartial: boolean,
  actor: Actor,
): Promise<Readable> {
  const query = accept(parseRunnable(input));
  const view = await kit.sights.of(actor, kit.reader);
  const bound = await bind(query, actor, kit.reader, view);
  const matching: string[] = [];
  const failed: string[] = [];
  async function* matches() {
    for (const blueprint of view.model.all) {
      const scope = { ...view, blueprint };
      const documents = documentsOf(kit, scope, conditionOf(bound, '', scope), shape);
      let isEmpty = true;
      try {
        for await (const batch of documents) {
          isEmpty = false;
          yield batch;
        }
      } catch (error) {
        if (!allowPartial || !(error instanceof Refusal)) throw error;
        failed.push(blueprint.identifier);
      }
      if (!isEmpty) matching.push(blueprint.identifier);
    }
  }
  const rest = () => {
    const partial = failed.length > 0 ? `,"failedBlueprints":${JSON.stringify(failed)}` : '';
    return `,"matchingBlueprints":${JSON.stringify(matching)}${partial}`;
  };
  return streamOf(entitiesAnswer(matches(), rest));
}
