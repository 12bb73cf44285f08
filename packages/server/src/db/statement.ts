import { CompiledQuery, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { Queries } from './queries.ts';

/**
 * A statement of a hot path, written by hand: PostgreSQL parses it once for each connection and plans it now and then.
 * `Row` is what it answers.
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Never set; carries the type. */
  readonly row?: Row;
}

const names = new Map<string, string>();

/** Declares a statement, once, at the top of a module. The name must be unique and shorter than 64 characters. */
export function statement<Row extends object>(name: string, text: string): Statement<Row> {
  names.set(text, name);
  return { name, text };
}

/** Runs a declared statement, inside or outside a transaction. */
export async function run<Row extends object>(
  queries: Queries,
  { text }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await queries.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return rows;
}

/** The pool as Kysely uses it, with declared statements sent under their names. */
export function namingStatements(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const naming = known.get(client) ?? namingClient(client);
      known.set(client, naming);
      return naming;
    },
    end: () => pool.end(),
  };
}

/**
 * A plan lasts for so many statements. One that was made over empty tables would read them from end to end, or by the
 * wrong index, until PostgreSQL next takes their measure, long after they have grown.
 */
const PLANS_LAST = 128;

function namingClient(client: pg.PoolClient): PostgresPoolClient {
  let sent = 0;
  const query = (text: unknown, values?: unknown) => {
    const name = typeof text === 'string' ? names.get(text) : undefined;
    const send = client.query.bind(client) as (...given: unknown[]) => unknown;
    // Sent ahead on the same connection; where it is refused, in a transaction that failed, the next time will do.
    if (name !== undefined && ++sent % PLANS_LAST === 0) client.query('discard plans').catch(() => {});
    return name === undefined ? send(text, values) : send({ name, text, values });
  };
  return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
}
