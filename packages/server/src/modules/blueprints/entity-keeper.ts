import type { Actor, BlueprintEffect } from '@gantry/core';
import type { Queries, Trx } from '../../db/pool.ts';
import type { StoredBlueprint } from './stored-blueprint.ts';

/** What the model asks of whoever keeps the entities; introduced by `compose.ts`, so that neither imports the other. */
export interface EntityKeeper {
  /** Makes stored entities fit the new definition, and keeps in history what they lose. */
  convert(trx: Trx, stored: StoredBlueprint, effects: readonly BlueprintEffect[], actor: Actor): Promise<void>;
  /** Changes the name of a renamed blueprint in the values of a blueprint's properties that name blueprints. */
  followBlueprintName(
    trx: Trx,
    stored: StoredBlueprint,
    rename: { readonly from: string; readonly to: string },
    actor: Actor,
  ): Promise<void>;
  /** How many stored entities each effect concerns, in the order of the effects. */
  countConcerned(db: Queries, stored: StoredBlueprint, effects: readonly BlueprintEffect[]): Promise<number[]>;
  /** Why the entities of a blueprint cannot all go: entities of other blueprints that need one. Null when they can. */
  whyNeeded(db: Queries, stored: StoredBlueprint): Promise<string | null>;
  /** Moves some entities of a blueprint to the trash, whatever in it needs them. @returns how many; 0 when none is left */
  deleteSome(trx: Trx, stored: StoredBlueprint, most: number, actor: Actor): Promise<number>;
}
