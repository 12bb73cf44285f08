import type pg from 'pg';
import { inParallel } from './http.ts';

/** Every table a write of entities goes to, and the column that tells which rows were written together. */
const tables = { entity: 'id', relation: 'source_id', change: 'id', outbox: 'id' } as const;
type Table = keyof typeof tables;

type Row = readonly (string | null)[];

interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/**
 * What somebody would write by hand who has nothing to check, to look up or to compute: the rows Gantry has just stored, put into tables with
 * the same indexes by multi-row INSERTs, the rows of one batch of entities in one transaction. All text is made beforehand.
 */
export class HandWrittenInsert {
  readonly #pool: pg.Pool;
  readonly #transactions: readonly (readonly Statement[])[];

  private constructor(pool: pg.Pool, transactions: readonly (readonly Statement[])[]) {
    this.#pool = pool;
    this.#transactions = transactions;
  }

  /** Prepares to write what the catalog holds now, `batch` entities to a transaction. */
  static async ofWhatIsStored(pool: pg.Pool, batch: number): Promise<HandWrittenInsert> {
    await pool.query('drop schema if exists peer cascade; create schema peer');
    const parts: Statement[][] = [];
    const stored = await Promise.all(Object.keys(tables).map((table) => readTable(pool, table as Table)));
    const count = Math.ceil((stored[0]?.rows.length ?? 0) / batch);
    for (let index = 0; index < count; index++) {
      const slice = (rows: readonly Row[]) =>
        rows.slice(Math.floor((rows.length * index) / count), Math.floor((rows.length * (index + 1)) / count));
      parts.push(stored.flatMap(({ table, columns, rows }) => insertOf(table, columns, slice(rows))));
    }
    await pool.query('checkpoint');
    return new HandWrittenInsert(pool, parts);
  }

  async run(connections: number): Promise<void> {
    await inParallel(this.#transactions, connections, async (statements) => {
      const client = await this.#pool.connect();
      await client.query('begin');
      for (const { text, values } of statements) await client.query(text, [...values]);
      await client.query('commit');
      client.release();
    });
  }

  async drop(): Promise<void> {
    await this.#pool.query('drop schema peer cascade');
  }
}

/** Makes the peer's empty copy of a table, with all its indexes, and reads the rows. */
async function readTable(pool: pg.Pool, table: Table) {
  await pool.query(`create table peer.${table} (like public.${table} including all)`);
  const { rows: known } = await pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  const columns = known.map(({ name }) => name);
  const texts = columns.map((name) => `${name}::text`).join(', ');
  const query = { text: `select ${texts} from public.${table} order by ${tables[table]}`, rowMode: 'array' };
  const { rows } = await pool.query<(string | null)[]>(query);
  return { table, columns, rows };
}

function insertOf(table: Table, columns: readonly string[], rows: readonly Row[]): Statement[] {
  if (rows.length === 0) return [];
  const places = (row: number) => columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ');
  const values = rows.map((_, row) => `(${places(row)})`).join(', ');
  const text = `insert into peer.${table} (${columns.join(', ')}) overriding system value values ${values}`;
  return [{ text, values: rows.flat() }];
}
