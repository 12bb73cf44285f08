import type { Actor, ParsedQuery } from '@gantry/core';
import type { Db, Queries } from '../../db/pool.ts';
import type { Announcer } from '../../events/outbox.ts';
import type { ModelMemory, StoredBlueprint } from '../blueprints/index.ts';
import type { JudgmentFor } from '../permissions/index.ts';
import type { Sights } from '../sight/index.ts';
import type { EntityRules } from './entity-rules.ts';
import type { Origins } from './origins.ts';

/** Identifiers of the entities of a blueprint that a query matches for this caller, in a stable order. */
export type FindEntities = (
  db: Queries,
  blueprint: StoredBlueprint,
  query: ParsedQuery,
  limit: number,
  actor: Actor,
) => Promise<string[]>;

/** Entities as the actor reads them, as JSON text by id: what a write answers is what a read would. */
export type PresentEntities = (
  db: Queries,
  ids: readonly string[],
  actor: Actor,
) => Promise<ReadonlyMap<string, string>>;

/** What the commands of this module work with. */
export interface EntityKit {
  readonly db: Db;
  readonly memory: ModelMemory;
  readonly announcer: Announcer;
  readonly origins: Origins;
  readonly sights: Sights;
  readonly find: FindEntities;
  readonly present: PresentEntities;
  readonly rules: EntityRules;
  readonly judgmentFor: JudgmentFor;
}
