import { type RawBuilder, sql } from 'kysely';
import type { SortKey } from './sort-keys.ts';

/** A stretch of the order that one index range covers: which rows, and by which keys they still differ. */
export interface Section {
  readonly where: RawBuilder<unknown>;
  readonly keys: readonly SortKey[];
}

/** Where a page ended: its last row's value of each key, as text. */
export type Position = readonly (string | null)[];

/**
 * Everything after a position, in stretches that follow one another: first what equals it in all keys but the last and
 * is beyond it in that, at the end what is beyond it in the first. One condition for all of it would say the same, but
 * no index can start from that.
 */
export function sectionsAfter(keys: readonly SortKey[], position: Position): Section[] {
  return keys
    .flatMap((key, index) => {
      const value = position[index] ?? null;
      // Nothing of this key comes after what has no value; what follows differs in an earlier key.
      if (value === null) return [];
      const same = keys.slice(0, index).map((earlier, place) => equals(earlier, position[place] ?? null));
      const beyond = sql`${key.expression} ${key.isDescending ? sql`<` : sql`>`} ${typed(value, key)}`;
      const stretch = { where: all([...same, beyond]), keys: keys.slice(index) };
      const without = { where: all([...same, sql`${key.expression} is null`]), keys: keys.slice(index + 1) };
      return key.isNullable ? [without, stretch] : [stretch];
    })
    .reverse();
}

function equals(key: SortKey, value: string | null): RawBuilder<unknown> {
  return value === null ? sql`${key.expression} is null` : sql`${key.expression} = ${typed(value, key)}`;
}

function typed(value: string, { type }: SortKey): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(type)}`;
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}
