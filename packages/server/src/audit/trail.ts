import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '@gantry/core';

/** The way a call came: what the audit log adds to whatever is recorded on its behalf. */
export interface Trail {
  readonly requestId: string;
  readonly address: string;
  /** The caller's User-Agent. */
  readonly program: string;
  /** Whether a person's session carried it, and no token. */
  readonly isSession: boolean;
  /** The administrator who really calls, when they look as somebody else: everything is on their account. */
  readonly viewer?: Actor | undefined;
}

const current = new AsyncLocalStorage<Trail>();

/** Everything `work` does, however deep, is on behalf of this call. */
export function following<T>(trail: Trail, work: () => T): T {
  return current.run(trail, work);
}

/** The call on whose behalf this runs; undefined in jobs and at start. */
export function currentTrail(): Trail | undefined {
  return current.getStore();
}
