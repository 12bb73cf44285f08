/** Gantry cannot start, for a reason that the person who started it can mend: the message says what, why, and what to do. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
