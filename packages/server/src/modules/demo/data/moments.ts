/** Moments of the story, counted back from when it is loaded. RFC 3339, UTC, whole seconds. */
export class Moments {
  readonly #now: number;

  constructor(now: Date) {
    this.#now = now.getTime();
  }

  minutesAgo(minutes: number): string {
    return new Date(this.#now - minutes * 60_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
  }

  hoursAgo(hours: number): string {
    return this.minutesAgo(hours * 60);
  }

  /** Negative days lie ahead. */
  daysAgo(days: number): string {
    return this.minutesAgo(days * 1440);
  }
}
