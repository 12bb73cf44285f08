import { CallFailure, createClient } from '@gantry/client';

/** The portal's own server: same origin, signed in by cookie. */
export const api = createClient({ baseUrl: '' });

export { CallFailure };

/** The status of a failed call; 0 when the server could not be reached, undefined when something else threw. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof CallFailure ? error.status : undefined;
}

/** What to tell a person about a failure: the server's own sentence when there is one. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong that has no description.';
}
