import type { Answer, Body, ErrorAnswer, Params, QueryOf, Route } from '@gantry/contract';

/** What to send: only the parts the route declares. */
export interface CallInput<R extends Route> {
  params?: Params<R>;
  query?: QueryOf<R>;
  body?: Body<R>;
  signal?: AbortSignal;
}

/** The server refused, or could not be reached (`status` 0). `answer` is what it said, as far as it was JSON. */
export class CallFailure extends Error {
  readonly status: number;
  readonly answer: ErrorAnswer | undefined;

  constructor(status: number, message: string, answer?: ErrorAnswer, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CallFailure';
    this.status = status;
    this.answer = answer;
  }
}

export interface ClientOptions {
  /** Scheme, host and port, without `/v1`; empty in a browser for the page's own origin. */
  baseUrl: string;
  fetch?: typeof fetch;
  /** Headers for each call, for instance `authorization`; asked anew every time so that tokens can be renewed. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
}

export interface Client {
  /** Calls a declared route; throws `CallFailure` on anything but success. */
  call<R extends Route>(route: R, input?: CallInput<R>): Promise<Answer<R>>;
  /** The same call, answered raw: for streams and downloads. */
  open<R extends Route>(route: R, input?: CallInput<R>): Promise<Response>;
}

/** The URL of a call: parameters percent-encoded once, lists repeated, absent query values left out. */
export function urlOf(baseUrl: string, route: Route, input: CallInput<Route> = {}): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const item of [value].flat()) if (item !== undefined && item !== null) query.append(name, String(item));
  }
  const search = query.toString();
  return `${baseUrl}${path}${search ? `?${search}` : ''}`;
}

export function createClient({ baseUrl, fetch: send = fetch, headers = () => ({}) }: ClientOptions): Client {
  async function open<R extends Route>(route: R, input: CallInput<R> = {}): Promise<Response> {
    const hasBody = input.body !== undefined;
    const request: RequestInit = {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(await headers()),
      },
      ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
      ...(input.signal ? { signal: input.signal } : {}),
    };
    const response = await send(urlOf(baseUrl, route, input as CallInput<Route>), request).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new CallFailure(0, `Gantry at ${baseUrl || 'this address'} cannot be reached.`, undefined, { cause });
    });
    if (response.ok) return response;
    const answer = (await response.json().catch(() => undefined)) as ErrorAnswer | undefined;
    throw new CallFailure(response.status, answer?.message ?? `Gantry answered ${response.status}.`, answer);
  }

  return {
    open,
    async call(route, input) {
      const response = await open(route, input);
      return (await response.json()) as Answer<typeof route>;
    },
  };
}
