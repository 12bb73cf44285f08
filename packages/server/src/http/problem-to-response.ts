import { randomUUID } from 'node:crypto';
import { type ErrorAnswer, problemStatus } from '@gantry/contract';
import { type ProblemCode, Refusal } from '@gantry/core';
import type { Logger } from 'pino';

export interface ErrorResponse {
  readonly status: number;
  readonly body: ErrorAnswer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The one funnel: whatever was thrown becomes an answer. Refusals are told in full; hiccups of the world ask to come
 * back; anything unforeseen is logged, and only its reference number leaves the process.
 */
export function problemToResponse(error: unknown, log: Logger): ErrorResponse {
  const refusal = refusalOf(error);
  if (refusal === null) return unforeseen(error, log);
  if (refusal.family !== 'caller') log.warn({ err: refusal.cause ?? refusal, code: refusal.code }, refusal.message);
  return {
    status: problemStatus[refusal.code],
    headers: headersOf(refusal),
    body: {
      ok: false,
      error: refusal.code,
      message: refusal.message,
      ...(refusal.problems.length > 0 ? { problems: [...refusal.problems] } : {}),
      ...(Object.keys(refusal.details).length > 0 ? { details: { ...refusal.details } } : {}),
    },
  };
}

/** Seconds after which a refused caller may try again travel in `details.retryAfter` and as the header. */
function headersOf(refusal: Refusal): Record<string, string> {
  const wait = refusal.details.retryAfter ?? (refusal.code === 'unavailable' ? 1 : undefined);
  if (typeof wait === 'number') return { 'retry-after': String(wait) };
  if (refusal.code === 'unauthorized') return { 'www-authenticate': 'Bearer' };
  return {};
}

function unforeseen(error: unknown, log: Logger): ErrorResponse {
  const reference = randomUUID();
  log.error({ err: error, reference }, 'Unforeseen error');
  return {
    status: 500,
    headers: {},
    body: {
      ok: false,
      error: 'internal_error',
      message: `Something went wrong on our side. When asking for help, quote the reference ${reference}.`,
      reference,
    },
  };
}

interface CodedError extends Error {
  readonly code: string;
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return null;
  const isCoded = 'code' in error && typeof error.code === 'string';
  const known = isCoded ? (fromHttp(error as CodedError) ?? fromDatabase(error as CodedError)) : null;
  return known ?? fromStatus(error);
}

/** What the HTTP libraries themselves refuse, in fewer words than we would find. */
function fromStatus(error: Error): Refusal | null {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 403 || status === 404) return new Refusal('not_found', 'There is nothing here.', { cause: error });
  if (typeof status !== 'number' || status < 400 || status > 499) return null;
  return new Refusal('malformed_request', `The request cannot be understood: ${error.message}.`, { cause: error });
}

const httpProblems: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'payload_too_large',
    'The body is larger than this endpoint takes (1 MiB unless its page says otherwise). Send it in smaller parts.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'The body must be JSON. Send it with the header `Content-Type: application/json`.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed_request',
    'The body does not have the length that Content-Length says. Send the header that fits, or none.',
  ],
  FST_ERR_BAD_URL: [
    'malformed_request',
    'The path holds a malformed percent escape. Encode each segment once, as UTF-8.',
  ],
  FST_ERR_MAX_PARAM_LENGTH: [
    'malformed_request',
    'A segment of the path is too long. Identifiers have at most 1000 characters.',
  ],
  ECONNRESET: ['malformed_request', 'The connection ended before the whole body had arrived. Send it again.'],
};

function fromHttp(error: CodedError): Refusal | null {
  const known = httpProblems[error.code];
  return known ? new Refusal(known[0], known[1], { cause: error }) : null;
}

/** PostgreSQL not reachable, shutting down or overcrowded (SQLSTATE classes 08, 57P, 53), or a race lost too often. */
function fromDatabase(error: CodedError): Refusal | null {
  const isAway =
    /^(08...|57P0[123]|53...)$/.test(error.code) || ['ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'].includes(error.code);
  if (isAway)
    return new Refusal('unavailable', 'The database cannot be reached just now. Try again.', { cause: error });
  if (/^40(001|P01)$/.test(error.code)) {
    return new Refusal('unavailable', 'Too many writers wanted the same rows at once. Try again.', { cause: error });
  }
  return null;
}
