/** Repeatable chance: the same seed gives the same company. (mulberry32; quality is plenty for a story) */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = choices[Math.floor(this.next() * choices.length)];
    if (chosen === undefined) throw new Error('there is nothing to pick from');
    return chosen;
  }

  /** `count` different ones, in their original order. */
  some<T>(choices: readonly T[], count: number): T[] {
    const ranked = choices.map((choice, place) => ({ choice, place, rank: this.next() }));
    return ranked
      .sort((one, other) => one.rank - other.rank)
      .slice(0, count)
      .sort((one, other) => one.place - other.place)
      .map(({ choice }) => choice);
  }

  /** True with this probability. */
  odds(probability: number): boolean {
    return this.next() < probability;
  }

  /** Lower-case hexadecimal digits, as of a commit. */
  hex(length: number): string {
    return Array.from({ length }, () => Math.floor(this.next() * 16).toString(16)).join('');
  }
}
