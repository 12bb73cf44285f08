import type { RawBuilder } from 'kysely';
import type { Queries } from './queries.ts';

/** Whatever answers a query: the reader, or a transaction that needs to find something. */
export interface Answers {
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>;
}

/** What answers inside a transaction, or wherever its owner reads and writes. */
export function answersOf(queries: Queries): Answers {
  return { rows: async (query) => (await query.execute(queries)).rows };
}
