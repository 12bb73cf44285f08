import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** Facts were committed to the outbox. */
export const FACTS_CHANNEL = 'gantry_facts';
/** A blueprint changed: what processes remember of the model is old. */
export const MODEL_CHANNEL = 'gantry_model';

const RECONNECT_MS = 1000;

type Hearer = () => void;

/**
 * The session in which PostgreSQL tells this process what happens. One session listens; when it breaks it is opened again, and then every hearer
 * is called, because words may have been missed.
 */
export class Notifications {
  readonly #connection: pg.PoolConfig;
  readonly #log: Logger;
  readonly #hearers = new Map<string, Set<Hearer>>();
  readonly #held = new Set<number>();
  #client: pg.Client | undefined;
  #isStopped = false;

  constructor(connection: pg.PoolConfig, log: Logger) {
    this.#connection = connection;
    this.#log = log;
  }

  /** Calls `hearer` at each word on the channel, and after an interruption. @returns how to stop it */
  on(channel: string, hearer: Hearer): () => void {
    const hearers = this.#hearers.get(channel) ?? new Set();
    this.#hearers.set(channel, hearers.add(hearer));
    return () => hearers.delete(hearer);
  }

  async start(): Promise<void> {
    await this.#connect();
  }

  /**
   * Whether this process holds the lock of this number, taking it if nobody does. It is kept until the process stops
   * or its session breaks, and then another process can have it.
   */
  async holds(lock: number): Promise<boolean> {
    if (this.#held.has(lock)) return true;
    if (!this.#client) return false;
    const { rows } = await this.#client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock]);
    if (rows[0]?.mine) this.#held.add(lock);
    return this.#held.has(lock);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#client?.end().catch(() => {}); // It had broken by itself.
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ application_name: 'gantry listener', keepAlive: true, ...this.#connection });
    client.on('notification', ({ channel }) => this.#tell(this.#hearers.get(channel)));
    client.on('error', (error) => {
      if (!this.#isStopped) this.#log.warn({ err: error }, 'lost the connection that listens');
    });
    // A connection that never came about ends as well, but must not start a second loop beside the one that tried it.
    client.on('end', () => {
      if (this.#client === client) void this.#reconnect();
    });
    try {
      await client.connect();
      await client.query(`listen ${FACTS_CHANNEL}; listen ${MODEL_CHANNEL}`);
      this.#client = client;
    } catch (error) {
      await client.end().catch(() => {}); // What failed to begin may fail to end.
      throw error;
    }
  }

  async #reconnect(): Promise<void> {
    this.#client = undefined;
    this.#held.clear();
    while (!this.#isStopped) {
      await pause(RECONNECT_MS, undefined, { ref: false });
      if (this.#isStopped) return;
      try {
        await this.#connect();
        for (const hearers of this.#hearers.values()) this.#tell(hearers);
        return;
      } catch (error) {
        this.#log.warn({ err: error }, 'cannot listen to the database yet');
      }
    }
  }

  #tell(hearers: Iterable<Hearer> = []): void {
    for (const hearer of hearers) hearer();
  }
}
