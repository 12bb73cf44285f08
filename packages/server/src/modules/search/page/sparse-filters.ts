/** How long something is remembered, in milliseconds; by then a filter may let more pass. */
const MEMORY = 600_000;
const MOST = 2000;

/**
 * Filters that lately let so little pass that walking along an order was a waste. Only speed depends on it: both ways
 * of finding a page find the same.
 */
export class SparseFilters {
  readonly #until = new Map<string, number>();

  has(filter: string, now: number): boolean {
    const until = this.#until.get(filter);
    if (until !== undefined && until < now) this.#until.delete(filter);
    return until !== undefined && until >= now;
  }

  add(filter: string, now: number): void {
    // The oldest goes first: a map keeps its keys in the order they came.
    const [oldest] = this.#until.size >= MOST ? this.#until.keys() : [];
    if (oldest !== undefined) this.#until.delete(oldest);
    this.#until.set(filter, now + MEMORY);
  }
}
