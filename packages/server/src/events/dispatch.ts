import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../db/pool.ts';
import { run, statement } from '../db/statement.ts';
import type { Listener } from '../modules/module.ts';
import { factsAfter, forgetFacts, hasFactsAfter, type Place } from './fact-log.ts';
import { FACTS_CHANNEL, type Notifications } from './notifications.ts';

export interface DispatchOptions {
  readonly db: Db;
  readonly notifications: Notifications;
  readonly listeners: readonly Listener[];
  readonly log: Logger;
}

const BATCH = 200;
/** The outbox is looked at this often without a word; only a crash between commit and announcement needs it. */
const SAFETY_TICK_MS = 30_000;
const LONGEST_RETRY_MS = 60_000;
const HELD_BACK_MS = 5;
const WATCH_MS = 500;
/** How long live viewers may be away and still be told what they missed. */
const KEPT = '1 hour';
/** Of all processes on one database, the one that has this lock dispatches. */
const DISPATCHER_LOCK = 7_007_002;

/**
 * Carries facts to listeners: at least once, to each in order of commit. A listener's place is written after it has
 * handled a batch, so a crash hands it the batch again. A listener that fails is tried again with longer and longer
 * pauses and keeps nobody else waiting. Idle costs nothing: work starts when facts are announced.
 */
export class Dispatcher {
  readonly #options: DispatchOptions;
  readonly #carriers: readonly Carrier[];
  #stopHearing = () => {};
  #tick: NodeJS.Timeout | undefined;

  constructor(options: DispatchOptions) {
    this.#options = options;
    this.#carriers = options.listeners.map((listener) => new Carrier(listener, options));
  }

  start(): void {
    this.#stopHearing = this.#options.notifications.on(FACTS_CHANNEL, () => this.#wake());
    this.#tick = setInterval(() => this.#tidy(), SAFETY_TICK_MS).unref();
    this.#wake();
  }

  /** Waits for the batches at hand. */
  async stop(): Promise<void> {
    this.#stopHearing();
    clearInterval(this.#tick);
    await Promise.all(this.#carriers.map((carrier) => carrier.stop()));
  }

  #wake(): void {
    for (const carrier of this.#carriers) carrier.wake();
  }

  #tidy(): void {
    this.#wake();
    forgetFacts(this.#options.db, KEPT).catch((error: unknown) =>
      this.#options.log.warn({ err: error }, 'could not tidy the outbox'),
    );
  }
}

/** Serves one listener. */
class Carrier {
  readonly #listener: Listener;
  readonly #options: DispatchOptions;
  #carrying: Promise<void> | undefined;
  #isAgain = false;
  readonly #stopping = new AbortController();

  constructor(listener: Listener, options: DispatchOptions) {
    this.#listener = listener;
    this.#options = options;
  }

  wake(): void {
    this.#isAgain = true;
    this.#carrying ??= this.#carryAll().finally(() => {
      this.#carrying = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#carrying;
  }

  async #carryAll(): Promise<void> {
    let failures = 0;
    while (this.#isAgain && !this.#stopping.signal.aborted) {
      this.#isAgain = false;
      try {
        await this.#carryWhatIsThere();
        failures = 0;
      } catch (error) {
        this.#options.log.error({ err: error, listener: this.#listener.name }, 'a listener failed; it is tried again');
        this.#isAgain = true;
        await this.#rest(Math.min(100 * 2 ** failures++, LONGEST_RETRY_MS));
      }
    }
  }

  async #carryWhatIsThere(): Promise<void> {
    const { db, notifications } = this.#options;
    if (!(await notifications.holds(DISPATCHER_LOCK))) return this.#watchOther();
    let place = await readPlace(db, this.#listener.name);
    while (!this.#stopping.signal.aborted) {
      const next = await this.#carryBatch(place);
      if (next) place = next;
      else if (await hasFactsAfter(db, place)) await this.#rest(HELD_BACK_MS);
      else return;
    }
  }

  /** Another process dispatches. Should it die over these facts, they are still there a moment later. */
  async #watchOther(): Promise<void> {
    const { db } = this.#options;
    await this.#rest(WATCH_MS);
    if (this.#stopping.signal.aborted) return;
    this.#isAgain ||= await hasFactsAfter(db, await readPlace(db, this.#listener.name));
  }

  /** @returns the place after the batch; null when there was nothing to carry */
  async #carryBatch(place: Place): Promise<Place | null> {
    const { db } = this.#options;
    const batch = await factsAfter(db, place, BATCH);
    const last = batch.at(-1);
    if (!last) return null;
    const heard = batch.map(({ fact }) => fact).filter(({ kind }) => this.#listener.hears.includes(kind));
    if (heard.length > 0) await this.#listener.handle(heard);
    await run(db, writePlace, [this.#listener.name, last.place.tx, last.place.id]);
    return last.place;
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { ref: false, signal: this.#stopping.signal }).catch(() => {}); // Stopping ends it.
  }
}

const selectPlace = statement<Place>(
  'listener.read',
  'select last_tx::text as tx, last_id::text as id from listener_position where listener = $1',
);
const writePlace = statement(
  'listener.write',
  `insert into listener_position (listener, last_tx, last_id) values ($1, $2::xid8, $3)
   on conflict (listener) do update set last_tx = excluded.last_tx, last_id = excluded.last_id`,
);

/** A listener that has never run starts with the oldest fact there is. */
async function readPlace(db: Db, listener: string): Promise<Place> {
  const [place] = await run(db, selectPlace, [listener]);
  return place ?? { tx: '0', id: '0' };
}
