import type { Fact } from '@gantry/core';
import type { ServedRoute } from '../http/serve.ts';
import type { JobHandler } from '../jobs/job.ts';

/** A fact as listeners get it: with its place in the outbox, which is also what makes a second delivery harmless. */
export interface DeliveredFact extends Fact {
  readonly id: string;
  readonly at: Date;
}

/** Reacts to facts. At least once, in order of commit; a listener is safe to run twice on the same fact. */
export interface Listener {
  readonly name: string;
  readonly hears: readonly Fact['kind'][];
  handle(facts: readonly DeliveredFact[]): Promise<void>;
}

/** What a module puts on the table for `compose.ts`: the routes it answers, what it listens to, what it runs later. */
export interface Module {
  readonly routes: readonly ServedRoute[];
  readonly listeners?: readonly Listener[];
  readonly jobs?: readonly JobHandler[];
  /** Called once the database is ready and before the port opens; for data that must exist from the first second. */
  readonly prepare?: () => Promise<void>;
}
