import { createHash } from 'node:crypto';
import { Refusal } from '@gantry/core';
import type { RawBuilder } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { createKysely, createPool, type Db } from './pool.ts';

/** How long one read may take, in milliseconds. A page takes some; what takes this long would hold up everybody. */
const PATIENCE = 20_000;
/** How long a streamed answer may wait for the one who reads it before its session is taken back. */
const IDLE_PATIENCE = 60_000;
const SESSIONS = 20;
const BATCH_ROWS = 500;

/**
 * Runs what people ask, on sessions of its own: they cannot write, and they give up after a while. So a query that
 * somebody made up can neither change anything nor hold up the writers.
 */
export class Reader {
  readonly #pool: pg.Pool;
  readonly #db: Db;
  readonly #names = new StatementNames();

  constructor(connection: pg.PoolConfig, log: Logger) {
    this.#pool = createPool(
      {
        max: SESSIONS,
        statement_timeout: PATIENCE,
        idle_in_transaction_session_timeout: IDLE_PATIENCE,
        options: '-c default_transaction_read_only=on',
        ...connection,
        application_name: 'gantry reads',
      },
      log,
    );
    this.#db = createKysely(this.#pool);
  }

  /** @throws Refusal `unavailable` when it takes too long, `invalid_request` when it is too complex */
  async rows<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    const { sql: text, parameters } = query.compile(this.#db);
    const name = this.#names.nameOf(text);
    const values = [...parameters];
    return explained(async () => (await this.#pool.query(name ? { name, text, values } : { text, values })).rows);
  }

  /**
   * The rows in batches, as fast as they are taken and all from one moment, without ever holding more than a batch.
   * Stopping early gives the session back.
   */
  async *batches<Row>(query: RawBuilder<Row>): AsyncGenerator<Row[], void, void> {
    const { sql: text, parameters } = query.compile(this.#db);
    const client = await this.#pool.connect();
    let isWhole = false;
    try {
      await explained(async () => {
        await client.query('begin');
        await client.query(`declare answer no scroll cursor for ${text}`, [...parameters]);
      });
      for (;;) {
        const { rows } = await explained(() => client.query(`fetch ${BATCH_ROWS} from answer`));
        if (rows.length > 0) yield rows;
        if (rows.length < BATCH_ROWS) break;
      }
      await client.query('commit');
      isWhole = true;
    } finally {
      // What a session was in the middle of is not worth mending: closing it also ends its cursor.
      client.release(!isWhole);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * Texts that come again are sent under a name: PostgreSQL then parses and plans them once for each session. Each name
 * costs every session memory, so there are only so many, and only for texts that have come a few times.
 */
class StatementNames {
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= 500) return name;
    const times = (this.#seen.get(text) ?? 0) + 1;
    if (this.#seen.size >= 2000) this.#seen.clear();
    this.#seen.set(text, times);
    if (times < 3) return undefined;
    this.#seen.delete(text);
    const given = `read_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    this.#names.set(text, given);
    return given;
  }
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw (error instanceof pg.DatabaseError && refusalOf(error)) || error;
  }
}

function refusalOf(error: pg.DatabaseError): Refusal | undefined {
  if (error.code === '57014') {
    const words = `This took longer than ${PATIENCE / 1000} s and was given up. Narrow the query, for instance by blueprint.`;
    return new Refusal('unavailable', words, { cause: error });
  }
  // Input is checked before it gets here; what still fails to be a number or a moment was made up, like a forged cursor.
  if (error.code?.startsWith('22')) {
    return new Refusal('invalid_request', 'The query or its cursor holds a value that cannot be read.', {
      cause: error,
    });
  }
  if (error.code?.startsWith('54')) {
    return new Refusal('invalid_request', 'The query is too complex. Ask in several smaller ones.', { cause: error });
  }
  return undefined;
}
