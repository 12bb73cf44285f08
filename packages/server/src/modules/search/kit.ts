import type { RawBuilder } from 'kysely';
import type { Queries } from '../../db/pool.ts';
import type { Reader } from '../../db/reader.ts';
import type { ModelMemory } from '../blueprints/index.ts';
import type { OrderIndexes } from './page/order-indexes.ts';
import type { SparseFilters } from './page/sparse-filters.ts';

/** Whatever answers a query: the reader, or a transaction that needs to find something. */
export interface Answers {
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>;
}

/** What answers inside a transaction, or wherever its owner reads and writes. */
export function answersOf(queries: Queries): Answers {
  return { rows: async (query) => (await query.execute(queries)).rows };
}

/** What the reads of this module work with. */
export interface SearchKit {
  readonly reader: Reader;
  readonly memory: ModelMemory;
  readonly orders: OrderIndexes;
  readonly sparse: SparseFilters;
}
