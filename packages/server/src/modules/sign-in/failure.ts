import type { ClaimProblem, RefusalReason } from '@gantry/core';

export interface FailureOptions {
  /** In the words of programs, for administrators. */
  readonly detail?: string;
  readonly problems?: readonly ClaimProblem[];
  readonly cause?: unknown;
}

/** A sign-in that came to nothing. Only the reason and the problems are for the person to see. */
export class SignInFailure extends Error {
  readonly reason: RefusalReason;
  readonly detail: string | undefined;
  readonly problems: readonly ClaimProblem[];

  constructor(reason: RefusalReason, { detail, problems = [], cause }: FailureOptions = {}) {
    super(`Sign-in failed: ${reason}`, { cause });
    this.reason = reason;
    this.detail = detail;
    this.problems = problems;
  }
}
