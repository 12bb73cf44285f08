import { Refusal } from '@gantry/core';

const WINDOW_MS = 60_000;
const MAX_REMEMBERED = 10_000;

interface Failures {
  count: number;
  until: number;
}

/** Who tries, and how often they may fail within a minute. */
export interface Attempt {
  readonly key: string;
  readonly free: number;
}

/**
 * Slows guessing down: who has failed too often within a minute waits for the rest of that minute. Kept in memory of
 * each process: several processes multiply the guesses allowed, but not by enough to matter.
 */
export class AttemptLimit {
  readonly #failures = new Map<string, Failures>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @throws Refusal `too_many_requests` naming the seconds to wait */
  check(attempts: readonly Attempt[]): void {
    for (const { key, free } of attempts) {
      const failures = this.#failures.get(key);
      const waitMs = failures && failures.count >= free ? failures.until - this.#now() : 0;
      if (waitMs <= 0) continue;
      const retryAfter = Math.ceil(waitMs / 1000);
      throw new Refusal('too_many_requests', `Too many failed attempts. Wait ${retryAfter} seconds, then try again.`, {
        details: { retryAfter },
      });
    }
  }

  failed(attempts: readonly Attempt[]): void {
    const now = this.#now();
    for (const { key } of attempts) {
      const before = this.#failures.get(key);
      const isRecent = before !== undefined && before.until > now;
      this.#failures.delete(key);
      this.#failures.set(key, {
        count: (isRecent ? before.count : 0) + 1,
        until: isRecent ? before.until : now + WINDOW_MS,
      });
    }
    while (this.#failures.size > MAX_REMEMBERED) this.#forgetOldest();
  }

  succeeded(attempts: readonly Attempt[]): void {
    for (const { key } of attempts) this.#failures.delete(key);
  }

  #forgetOldest(): void {
    const oldest = this.#failures.keys().next();
    if (!oldest.done) this.#failures.delete(oldest.value);
  }
}
