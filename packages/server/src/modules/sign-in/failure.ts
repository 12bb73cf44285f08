import type { ClaimProblem, Claims, RefusalReason } from '@gantry/core';

/** Everything known about it. Only `reason` and `problems` are for the person; the rest is for administrators. */
export interface FailureFacts {
  readonly detail?: string | undefined;
  readonly problems?: readonly ClaimProblem[] | undefined;
  readonly claims?: Claims | undefined;
  readonly cause?: unknown;
}

/** A sign-in that came to nothing. */
export class SignInFailure extends Error {
  readonly reason: RefusalReason;
  readonly facts: FailureFacts;

  constructor(reason: RefusalReason, facts: FailureFacts = {}) {
    super(`Sign-in failed: ${reason}`, { cause: facts.cause });
    this.reason = reason;
    this.facts = facts;
  }
}
