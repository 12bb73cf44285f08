import type { ProblemCode } from '@gantry/core';
import { type Static, Type } from 'typebox';

/** The HTTP status of each problem; typed by the closed list, so that none is forgotten. */
export const problemStatus = {
  malformed_request: 400,
  invalid_request: 422,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  already_exists: 409,
  has_dependents: 409,
  stale_revision: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  remote_failed: 502,
  unavailable: 503,
  internal_error: 500,
} as const satisfies Record<ProblemCode, number>;

/**
 * Every refusal on the wire. `ok` is always the boolean false, which Port's clients test; `error` is a permanent
 * code; `message` is for people; `problems` lists everything that is wrong, each with its path.
 */
export const ErrorAnswer = Type.Object({
  ok: Type.Literal(false),
  error: Type.String(),
  message: Type.String(),
  problems: Type.Optional(
    Type.Array(Type.Object({ path: Type.String(), message: Type.String(), remedy: Type.Optional(Type.String()) })),
  ),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** Present on unforeseen errors: what to quote when asking for help. */
  reference: Type.Optional(Type.String()),
});
export type ErrorAnswer = Static<typeof ErrorAnswer>;
