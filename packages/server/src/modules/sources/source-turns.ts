import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../db/pool.ts';

/** First of the two numbers of an advisory lock on one source; the second is its id. */
const SOURCE_LOCK = 7_007_004;
const RETRY_MS = 100;
/** Each reading holds a connection for its lock, and the pool has to have enough for everybody else. */
const AT_ONCE = 4;

/**
 * One reading of a source at a time, whichever process does it, and few sources at a time in this one. The lock ends
 * with the process, however that ends.
 */
export class SourceTurns {
  readonly #db: Db;
  #free = AT_ONCE;
  readonly #queue: (() => void)[] = [];

  constructor(db: Db) {
    this.#db = db;
  }

  /** Runs `work` when nobody else reads the source. Null when its turn did not come within `waitMs`. */
  async take<T>(sourceId: number, waitMs: number, work: () => Promise<T>): Promise<T | null> {
    const giveUpAt = Date.now() + waitMs;
    for (;;) {
      const attempt = await this.#inSlot(() => this.#locked(sourceId, work));
      if (attempt) return attempt.result;
      if (Date.now() >= giveUpAt) return null;
      await pause(RETRY_MS);
    }
  }

  async #inSlot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  #locked<T>(sourceId: number, work: () => Promise<T>): Promise<{ result: T } | null> {
    return this.#db.connection().execute(async (session) => {
      const lock = sql`${SOURCE_LOCK}::int, ${sourceId}::int`;
      const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${lock}) as mine`.execute(session);
      if (!rows[0]?.mine) return null;
      try {
        return { result: await work() };
      } finally {
        await sql`select pg_advisory_unlock(${lock})`.execute(session);
      }
    });
  }
}
