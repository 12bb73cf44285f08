import { Refusal } from '@gantry/core';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { SignInFailure } from '../failure.ts';

/** Answers that are no answer of OpenID at all: what stands in front of the provider speaks, or nobody does. */
const notAnswering = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_TIMEOUT']);

/** What an error of the OpenID library means to the person who signs in. */
export function failureOf(error: unknown): SignInFailure {
  if (error instanceof SignInFailure) return error;
  if (error instanceof AuthorizationResponseError) {
    return new SignInFailure('declined', { detail: said(error), cause: error });
  }
  if (error instanceof ResponseBodyError) {
    return new SignInFailure(error.status >= 500 ? 'unreachable' : 'unproven', { detail: said(error), cause: error });
  }
  const refusal = causes(error).find((cause) => cause instanceof Refusal);
  if (refusal) return new SignInFailure('unreachable', { detail: refusal.message, cause: error });
  const isAway = error instanceof ClientError && error.code !== undefined && notAnswering.has(error.code);
  const detail = causes(error)
    .map(({ message }) => message)
    .join(': ');
  return new SignInFailure(isAway ? 'unreachable' : 'unproven', { detail, cause: error });
}

const said = ({ error, error_description: description }: AuthorizationResponseError | ResponseBodyError) =>
  [error, description].filter(Boolean).join(': ').slice(0, 500);

/** The error and what lies behind it, outermost first. */
function causes(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}
