import type { EntityContent } from '@gantry/core';
import type { Trx } from '../../db/pool.ts';

/** What happened to one entity in a transaction that is about to end. */
export interface EntityChange {
  readonly id: string;
  readonly blueprint: string;
  /** Null when it is new. */
  readonly before: EntityContent | null;
  readonly after: EntityContent;
}

export interface DeletedEntity {
  readonly id: string;
  readonly blueprint: string;
  readonly identifier: string;
}

/**
 * What other rooms have to say about writes, whichever door they came by: asked at the end of each transaction, about
 * the blueprints they watch. They may write more, and refuse all of it by throwing a Refusal.
 */
export interface EntityRules {
  readonly watches: ReadonlySet<string>;
  written(trx: Trx, changes: readonly EntityChange[]): Promise<void>;
  deleted(trx: Trx, entities: readonly DeletedEntity[]): Promise<void>;
}
