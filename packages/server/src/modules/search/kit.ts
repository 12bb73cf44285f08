import type { Reader } from '../../db/reader.ts';
import type { Sights } from '../sight/index.ts';
import type { OrderIndexes } from './page/order-indexes.ts';
import type { SparseFilters } from './page/sparse-filters.ts';

/** What the reads of this module work with. */
export interface SearchKit {
  readonly reader: Reader;
  readonly sights: Sights;
  readonly orders: OrderIndexes;
  readonly sparse: SparseFilters;
}
