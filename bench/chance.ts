/**
 * Numbers that look random and are the same each time, from a few words that say what they are for (mulberry32, seeded by FNV-1a): so any part
 * of a generated catalog can be made without the parts before it.
 */
export class Chance {
  #state: number;

  constructor(...purpose: readonly (string | number)[]) {
    let hash = 0x811c9dc5;
    for (const letter of purpose.join(' ')) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 on, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** Low numbers are popular, as a few things of a company are that everybody leans on. */
  popular(limit: number): number {
    return Math.min(limit - 1, Math.floor(limit * this.next() ** 2.2));
  }

  /** Up to `count` different values. */
  several<T>(count: number, draw: () => T): T[] {
    return [...new Set(Array.from({ length: count }, draw))];
  }
}
