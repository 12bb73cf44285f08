import type { Actor, BlueprintEffect } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import type { EntityKeeper, StoredBlueprint } from '../blueprints/index.ts';
import { deleteSome, whyNeeded } from './commands/delete-all.ts';
import * as store from './convert-store.ts';
import type { Origins } from './origins.ts';

/** What blueprints ask of entities. */
export function entityKeeper(db: Queries, origins: Origins): EntityKeeper {
  return {
    async convert(trx, stored, effects, actor) {
      const [originId = 0] = await origins.idsOf(db, [originOf(actor)]);
      const conversion = { blueprintId: stored.id, at: stored.updatedAt, actor: actor.id, originId };
      await convert(trx, conversion, effects);
    },
    async followBlueprintName(trx, { id, definition }, rename, actor) {
      const keys = Object.entries(definition.schema.properties).flatMap(([key, { format, items }]) => {
        return format === 'blueprints' || items?.format === 'blueprints' ? [key] : [];
      });
      if (keys.length === 0) return;
      const [originId = 0] = await origins.idsOf(db, [originOf(actor)]);
      await store.followBlueprintName(
        trx,
        { blueprintId: id, at: new Date(), actor: actor.id, originId },
        keys,
        rename,
      );
    },
    async countConcerned(queries, stored, effects) {
      const counts: number[] = [];
      for (const effect of effects) counts.push(await countConcerned(queries, stored, effect));
      return counts;
    },
    whyNeeded: async (queries, stored) => (stored.identifier === '_user' ? ALL_PEOPLE : whyNeeded(queries, stored)),
    async deleteSome(trx, stored, most, actor) {
      const [originId = 0] = await origins.idsOf(db, [originOf(actor)]);
      return deleteSome(trx, stored, most, actor, originId);
    },
  };
}

const ALL_PEOPLE =
  'People cannot be deleted all at once (has_dependents): somebody has to remain who gets in. Delete those you mean.';

const originOf = ({ kind, id, label }: Actor) => ({ kind, key: id, label });

/** Effects that do nothing to what is stored are passed over. */
async function convert(trx: Queries, conversion: store.Conversion, effects: readonly BlueprintEffect[]): Promise<void> {
  const named = (...kinds: BlueprintEffect['kind'][]) =>
    effects.flatMap((effect) => {
      if (!kinds.includes(effect.kind)) return [];
      return 'property' in effect ? [effect.property] : 'relation' in effect ? [effect.relation] : [];
    });
  const steps = [
    [store.dropPropertyValues, named('property-dropped', 'property-retyped')],
    [store.dropRelationValues, named('relation-dropped', 'relation-retargeted')],
    [store.widenRelationValues, named('relation-widened')],
    [store.narrowRelationValues, named('relation-narrowed')],
  ] as const;
  for (const [step, names] of steps) if (names.length > 0) await step(trx, conversion, names);
  for (const effect of effects) {
    if (effect.kind === 'property-renamed') await store.renamePropertyValues(trx, conversion, effect.from, effect.to);
    if (effect.kind === 'relation-renamed') await store.renameRelationValues(trx, conversion, effect.from, effect.to);
  }
}

async function countConcerned(db: Queries, { id }: StoredBlueprint, effect: BlueprintEffect): Promise<number> {
  const property = 'property' in effect ? effect.property : '';
  const relation = 'relation' in effect ? effect.relation : '';
  const { held, lacking } = await store.countValues(db, id, property, relation);
  switch (effect.kind) {
    case 'blueprint-renamed':
    case 'property-now-required':
    case 'relation-now-required':
      return lacking;
    default:
      return held;
  }
}
