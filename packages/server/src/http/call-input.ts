import { type Actor, Refusal } from '@gantry/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallInput, ServedRoute } from './serve.ts';

/** It is kept and indexed with what the caller writes; the real ones are a tenth of that. */
const LONGEST_AGENT = 1000;

type Input = CallInput<ServedRoute['route']>;

/** A call as its handler sees it: only what the route declares. */
export function inputOf(request: FastifyRequest, reply: FastifyReply, declared: Record<string, object>): Input {
  return {
    // Declared as never null for handlers: routes that anybody may call look at it knowing that.
    actor: request.actor as Actor,
    params: request.params as Input['params'],
    query: queryOf(request.query as Record<string, string | string[]>, declared),
    body: request.body as Input['body'],
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT),
    remoteAddress: request.ip,
    headers: request.headers,
    cookies: request.cookies,
    get signal() {
      return signalOf(reply);
    },
  };
}

/** Only what is declared; where one value is meant, the last of several wins. `name[]` is how some programs write lists. */
function queryOf(given: Record<string, string | string[]>, declared: Record<string, object>): Input['query'] {
  const query: Record<string, string | string[]> = {};
  for (const [name, schema] of Object.entries(declared)) {
    const key = Object.hasOwn(given, name) ? name : `${name}[]`;
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value === undefined) continue;
    query[name] = Array.isArray(value) && !('anyOf' in schema) ? (value.at(-1) ?? '') : value;
  }
  return query as Input['query'];
}

/** PostgreSQL text has no NUL, so a name that holds one can exist nowhere. */
export function refuseNul({ params, query }: Input): void {
  const values = [...Object.values(params), ...Object.values(query).flat()];
  if (values.some((value) => String(value).includes('\0'))) {
    throw new Refusal('malformed_request', 'The URL holds the character NUL (%00), which no name can have. Remove it.');
  }
}

function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
