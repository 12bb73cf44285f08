import type { Actor } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import type { Announcer } from '../../events/outbox.ts';
import type { ModelMemory } from '../blueprints/index.ts';
import type { JudgmentFor } from './judgment.ts';

/** What this module works with. */
export interface PermissionKit {
  readonly db: Db;
  readonly memory: ModelMemory;
  readonly announcer: Announcer;
  readonly judgmentFor: JudgmentFor;
  /** The person with this e-mail address as they act when they sign in; null when there is none. */
  readonly personCalled: (email: string) => Promise<Actor | null>;
}
