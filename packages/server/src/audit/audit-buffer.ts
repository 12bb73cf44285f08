import type { Logger } from 'pino';
import type { Db } from '../db/pool.ts';
import { type FullEntry, gantryItself, insertEntries } from './record.ts';

const MOST_AT_ONCE = 200;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

interface Noted {
  readonly full: FullEntry;
  times: number;
}

export interface BufferOptions {
  readonly db: Db;
  readonly log: Logger;
}

/**
 * Takes entries that nobody waits for, such as refusals, and writes them down in batches. What repeats within a batch
 * is written once with how often it came. A batch is bounded, and under a flood the batches become rarer, so that
 * whoever is refused a million times a minute fills neither the memory nor the disk; what did not fit is counted.
 */
export class AuditBuffer {
  readonly #options: BufferOptions;
  #noted = new Map<string, Noted>();
  #dropped = 0;
  /** Milliseconds between the first of a batch and its writing down. */
  #pause = SHORTEST_PAUSE_MS;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: BufferOptions) {
    this.#options = options;
  }

  /** Takes an entry; returns at once. */
  note(full: FullEntry): void {
    const key = keyOf(full);
    const known = this.#noted.get(key);
    if (known) known.times++;
    else if (this.#noted.size < MOST_AT_ONCE) this.#noted.set(key, { full, times: 1 });
    else this.#dropped++;
    this.#timer ??= setTimeout(() => this.#flush(), this.#pause).unref();
  }

  /** Writes down what is left. */
  async close(): Promise<void> {
    this.#flush();
    await this.#writing;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [batch, dropped] = [[...this.#noted.values()], this.#dropped];
    if (batch.length === 0) return;
    this.#noted = new Map();
    this.#dropped = 0;
    this.#pause = dropped > 0 ? Math.min(this.#pause * 2, LONGEST_PAUSE_MS) : SHORTEST_PAUSE_MS;
    this.#writing = this.#writing.then(() => this.#write(batch, dropped));
  }

  async #write(batch: readonly Noted[], dropped: number): Promise<void> {
    const entries = batch.map(({ full, times }) => (times > 1 ? repeated(full, times) : full));
    const lost = dropped > 0 ? [lossOf(dropped)] : [];
    try {
      await insertEntries(this.#options.db, [...entries, ...lost]);
    } catch (error) {
      this.#options.log.error({ err: error, entries: entries.length, dropped }, 'entries of the audit log are lost');
    }
  }
}

/** Alike is what the same one tries in the same way at the same thing, with the same result. */
function keyOf({ entry, actor, trail }: FullEntry): string {
  const { action, resource, status, message } = entry;
  return JSON.stringify([actor?.id, trail?.address, trail?.program, action, resource, status, message]);
}

function repeated(full: FullEntry, times: number): FullEntry {
  return { ...full, entry: { ...full.entry, details: { ...full.entry.details, times } } };
}

function lossOf(dropped: number): FullEntry {
  return {
    entry: {
      action: 'CREATE',
      status: 'FAILURE',
      resource: { type: 'audit', identifier: 'overflow' },
      message: `${dropped} further refusals and sign-ins of these moments were too many to be kept one by one.`,
      details: { dropped },
    },
    actor: gantryItself,
    trail: undefined,
    at: new Date(),
  };
}
