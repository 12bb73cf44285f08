import type { Readable } from 'node:stream';
import type { Answer, Body, Params, QueryOf, Route } from '@gantry/contract';
import type { Actor, Refusal } from '@gantry/core';

/** What a handler is told about the call besides its input. */
export interface CallContext {
  /** Never null on routes whose permission is not `public`: the funnel has asked `can` before. */
  readonly actor: Actor;
  /** The caller's User-Agent, cut when it is absurdly long: Port's `$datasource` of whatever the call writes. */
  readonly userAgent: string;
  /** Where the call comes from, as far as the socket tells. */
  readonly remoteAddress: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

export interface CallInput<R extends Route> extends CallContext {
  readonly params: Params<R>;
  readonly query: QueryOf<R>;
  readonly body: Body<R>;
}

/** A header that is sent several times, such as `set-cookie`, is a list. */
export type AnswerHeaders = Record<string, string | string[]>;

/**
 * What a handler answers. A plain value is sent as JSON with the route's status. `json` is JSON text that PostgreSQL
 * assembled, passed through as it is; `stream` is for exports and server-sent events.
 */
export type Reply<R extends Route> = ReplyExtra &
  ({ readonly value: Answer<R> } | { readonly json: string } | { readonly stream: Readable; readonly media: string });

interface ReplyExtra {
  readonly status?: number;
  readonly headers?: AnswerHeaders;
  /** What was refused of a call that otherwise succeeded: for the audit log, the answer tells it in its own way. */
  readonly refused?: Refusal | undefined;
}

export interface ServedRoute {
  readonly route: Route;
  readonly handle: (input: CallInput<Route>) => Promise<Reply<Route>>;
  /** The handler's parser checks the whole body and reports better than its envelope could. */
  readonly checksBody?: boolean;
}

/** Binds a declared route to the code that answers it. */
export function serve<R extends Route>(
  route: R,
  handle: (input: CallInput<R>) => Promise<Reply<R>>,
  options: { checksBody?: boolean } = {},
): ServedRoute {
  return { route, handle: handle as unknown as ServedRoute['handle'], ...options };
}

/** The success envelope around a plain answer. */
export function answer<const T extends object>(
  body: T,
  extra: ReplyExtra = {},
): ReplyExtra & { value: { ok: true } & T } {
  return { value: { ok: true, ...body }, ...extra };
}
