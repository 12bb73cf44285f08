import { PassThrough } from 'node:stream';
import { liveStream } from '@gantry/contract';
import { type Actor, Refusal } from '@gantry/core';
import type { Logger } from 'pino';
import type { Db } from '../db/pool.ts';
import { endOfFacts, factsAfter, hasFactsAfter, isForgotten, type Place, placeOf } from '../events/fact-log.ts';
import { FACTS_CHANNEL, type Notifications } from '../events/notifications.ts';
import type { DeliveredFact, Module } from '../modules/module.ts';
import { type Identify, Listening, type SeenFacts, wording } from './audience.ts';
import { type Authority, authenticate, type Credentials } from './authenticate.ts';
import { sseText } from './live-message.ts';
import { serve } from './serve.ts';
import { lookAs, wantedView } from './view-as.ts';

const MEDIA = 'text/event-stream; charset=utf-8';
const HEARTBEAT_MS = 20_000;
/** After this long a stream ends, and the browser's new one is asked again who it belongs to. */
const LIFETIME_MS = 60 * 60_000;
/** Facts that arrive faster than this travel together. */
const BREATH_MS = 100;
const BATCH = 500;
/** A viewer this far behind is told to load anew instead of being sent everything. */
const MOST_REPLAYED = 2000;
const MOST_BUFFERED_BYTES = 512 * 1024;

interface Viewer {
  readonly who: Listening;
  readonly stream: PassThrough;
  /** It could not keep up: when it is ready again it is told to load anew. */
  isBehind: boolean;
}

export interface LiveModule extends Module {
  /** Ends all streams, so that the server can stop. */
  stop(): void;
}

export interface LiveOptions {
  readonly db: Db;
  readonly notifications: Notifications;
  readonly log: Logger;
  readonly authority: Authority;
  readonly seen: SeenFacts;
}

/**
 * Facts as they happen, for browsers, and each only what its actor may see: one reader of the outbox for each process,
 * however many look on; none, no reader.
 */
export function liveModule({ db, notifications, log, authority, seen }: LiveOptions): LiveModule {
  const feed = new LiveFeed(db, log, seen);
  notifications.on(FACTS_CHANNEL, () => feed.wake());
  const route = serve(liveStream, async ({ headers, cookies, query, actor, signal }) => ({
    stream: await feed.open(
      headers['last-event-id'],
      new Listening(actor, identify({ headers, cookies }, wantedView(headers, query), authority)),
      signal,
    ),
    media: MEDIA,
    headers: { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' },
  }));
  return { routes: [route], stop: () => feed.stop() };
}

class LiveFeed {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #seen: SeenFacts;
  readonly #viewers = new Set<Viewer>();
  #place: Place | undefined;
  #isReading = false;
  #isAgain = false;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(db: Db, log: Logger, seen: SeenFacts) {
    this.#db = db;
    this.#log = log;
    this.#seen = seen;
  }

  async open(lastEventId: string | string[] | undefined, who: Listening, signal: AbortSignal): Promise<PassThrough> {
    const viewer: Viewer = { who, stream: new PassThrough({ highWaterMark: 64 * 1024 }), isBehind: false };
    this.#place ??= await endOfFacts(this.#db);
    const start = this.#place;
    // Admitted before the replay: what happens in between is told twice rather than never.
    this.#admit(viewer, signal);
    viewer.stream.write('retry: 2000\n\n');
    if (typeof lastEventId === 'string') viewer.stream.write(await this.#missed(lastEventId, who.actor));
    else viewer.stream.write(`id: ${start.tx}.${start.id}\n\n`);
    return viewer.stream;
  }

  wake(): void {
    if (this.#viewers.size === 0) return;
    this.#isAgain = true;
    if (!this.#isReading) void this.#readAll();
  }

  stop(): void {
    for (const viewer of this.#viewers) viewer.stream.end();
  }

  async #missed(lastEventId: string, actor: Actor): Promise<string> {
    const place = placeOf(lastEventId);
    if (!place || (await isForgotten(this.#db, place))) return sseText([{ kind: 'resync' }]);
    const facts = await factsAfter(this.#db, place, MOST_REPLAYED);
    if (facts.length === MOST_REPLAYED) return sseText([{ kind: 'resync' }]);
    return wording(
      facts.map(({ fact }) => fact),
      this.#seen,
    )(actor);
  }

  #admit(viewer: Viewer, signal: AbortSignal): void {
    this.#viewers.add(viewer);
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    const lifetime = setTimeout(() => viewer.stream.end(), LIFETIME_MS).unref();
    const leave = () => {
      clearTimeout(lifetime);
      this.#viewers.delete(viewer);
      if (this.#viewers.size > 0) return;
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
      this.#place = undefined;
    };
    viewer.stream.once('close', leave);
    signal.addEventListener('abort', () => viewer.stream.destroy(), { once: true });
  }

  #beat(): void {
    for (const viewer of this.#viewers) this.#send(viewer, ': still here\n\n');
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    while (this.#isAgain) {
      this.#isAgain = false;
      try {
        await this.#readOn();
      } catch (error) {
        this.#log.warn({ err: error }, 'could not read facts for live viewers');
      }
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS).unref());
    }
    this.#isReading = false;
  }

  async #readOn(): Promise<void> {
    for (let isMore = true; isMore; ) {
      if (!this.#place) return;
      const facts = await factsAfter(this.#db, this.#place, BATCH);
      const last = facts.at(-1);
      if (!last) {
        // What a transaction that still runs holds back is there by one of the next breaths.
        this.#isAgain ||= await hasFactsAfter(this.#db, this.#place);
        return;
      }
      this.#place = last.place;
      await this.#broadcast(facts.map(({ fact }) => fact));
      isMore = facts.length === BATCH;
    }
  }

  async #broadcast(facts: readonly DeliveredFact[]): Promise<void> {
    const textFor = wording(facts, this.#seen);
    await Promise.all([...this.#viewers].map((viewer) => this.#tell(viewer, facts, textFor)));
  }

  async #tell(
    viewer: Viewer,
    facts: readonly DeliveredFact[],
    textFor: (actor: Actor) => Promise<string>,
  ): Promise<void> {
    try {
      const state = await viewer.who.lookAgain(facts);
      if (state === 'gone') viewer.stream.end();
      else if (state === 'changed') this.#send(viewer, sseText([{ kind: 'resync' }], facts.at(-1)?.id));
      else this.#send(viewer, await textFor(viewer.who.actor));
    } catch (error) {
      this.#log.warn({ err: error }, 'could not find out what a live viewer may be told');
      this.#send(viewer, sseText([{ kind: 'resync' }]));
    }
  }

  #send(viewer: Viewer, text: string): void {
    if (viewer.isBehind || text === '' || viewer.stream.writableEnded) return;
    if (viewer.stream.writableLength + viewer.stream.readableLength <= MOST_BUFFERED_BYTES) {
      viewer.stream.write(text);
      return;
    }
    viewer.isBehind = true;
    viewer.stream.once('drain', () => {
      viewer.isBehind = false;
      viewer.stream.write(sseText([{ kind: 'resync' }]));
    });
  }
}

function identify(
  credentials: Pick<Credentials, 'headers' | 'cookies'>,
  wanted: string | undefined,
  authority: Authority,
): Identify {
  return async () => {
    try {
      const caller = await authenticate({ ...credentials, method: 'GET' }, authority, undefined);
      return caller && wanted !== undefined ? await lookAs(caller, wanted, authority) : caller;
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
}
