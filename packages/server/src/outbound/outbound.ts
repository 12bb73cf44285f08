import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { Refusal } from '@gantry/core';
import { Agent, type Dispatcher, request } from 'undici';
import { type AllowHosts, bareHost, parseAllowHosts } from './allow-hosts.ts';
import { checkUrl, portOf, refuseUrl } from './check-url.ts';
import { guardedConnector, guardedLookup, type Lookup } from './connector.ts';
import { ACCEPTED_ENCODINGS, discard, readBody } from './read-body.ts';

export const MAX_REDIRECTS = 5;

/** Headers that may follow a redirect to another origin; everything else might be a secret of the first one. */
const harmlessHeaders = new Set(['accept', 'accept-language', 'git-protocol', 'if-modified-since', 'if-none-match']);

export interface OutboundRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Largest body taken, in bytes, unpacked. */
  readonly maxBytes?: number;
  /** For the whole exchange, redirects and body included, in milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Answer as soon as the headers are there and throw the body away: for questions whose answer is a status or a place. */
  readonly headersOnly?: boolean;
}

export interface OutboundAnswer {
  /** Where the answer came from in the end, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case; a repeated header is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface OutboundOptions {
  /** `GANTRY_ALLOW_HOSTS`: hosts inside that may be reached all the same. */
  readonly allowHosts: readonly string[];
  readonly userAgent?: string;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** How names are resolved; the system's resolver unless said. */
  readonly lookup?: Lookup;
}

/**
 * The one way out. Every request this server makes to a place that somebody named goes through here: the URL is
 * checked, the resolved address is checked where it is dialled, each redirect is checked again, and time and size are
 * bounded while the bytes flow.
 */
export class Outbound {
  readonly allowHosts: AllowHosts;
  readonly #lookup: Lookup;
  readonly #agent: Agent;
  readonly #options: Required<Omit<OutboundOptions, 'lookup' | 'allowHosts'>>;

  constructor(options: OutboundOptions) {
    this.allowHosts = parseAllowHosts(options.allowHosts);
    this.#lookup = options.lookup ?? (systemLookup as Lookup);
    this.#options = {
      userAgent: options.userAgent ?? 'gantry',
      timeoutMs: options.timeoutMs ?? 15_000,
      maxBytes: options.maxBytes ?? 10 * 1024 * 1024,
    };
    const connect = guardedConnector(this.allowHosts, {
      connectTimeoutMs: Math.min(5_000, this.#options.timeoutMs),
      lookup: this.#lookup,
    });
    this.#agent = new Agent({ connect, keepAliveTimeout: 4_000, connections: 16 });
  }

  /**
   * Sends one request. GET and HEAD follow up to five redirects; any other method gets the redirect as its answer, for
   * a body must not travel to a place nobody chose. Throws `invalid_request` for places that are refused and
   * `remote_failed` for places that do not answer well in time; any status is an answer.
   */
  async send(outgoing: OutboundRequest): Promise<OutboundAnswer> {
    const timeoutMs = outgoing.timeoutMs ?? this.#options.timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = outgoing.signal ? AbortSignal.any([outgoing.signal, deadline]) : deadline;
    try {
      return await this.#follow(outgoing, signal);
    } catch (error) {
      if (outgoing.signal?.aborted) throw outgoing.signal.reason;
      throw toRefusal(error, outgoing.url, deadline.aborted ? timeoutMs : null);
    }
  }

  /** The URL, if it may be asked as far as its text tells. @throws Refusal `invalid_request` */
  check(url: string): URL {
    return checkUrl(url, this.allowHosts);
  }

  /**
   * The checked addresses of a URL's host, for a program that opens its own connection and can be told where to. None
   * when the host is an address already.
   */
  async resolve(place: URL): Promise<readonly string[]> {
    const url = checkUrl(place.href, this.allowHosts);
    const host = bareHost(url.hostname);
    if (isIP(host) !== 0) return [];
    const guarded = this.allowHosts(host, portOf(url)) ? this.#lookup : guardedLookup(this.#lookup, portOf(url));
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    guarded(host, { all: true }, (error, answer) => {
      if (error) reject(toRefusal(error, url.href, null));
      else resolve([answer].flat().map((found) => (typeof found === 'string' ? found : found.address)));
    });
    return promise;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #follow(outgoing: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const method = outgoing.method ?? 'GET';
    let url = checkUrl(outgoing.url, this.allowHosts);
    let headers = { ...outgoing.headers };
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await this.#once(url, { ...outgoing, method, headers }, signal);
      const next = method === 'GET' || method === 'HEAD' ? redirectTarget(answer, url) : null;
      if (next === null) return this.#finish(answer, url, outgoing);
      discard(answer.body);
      const target = checkUrl(next, this.allowHosts);
      if (target.origin !== url.origin) headers = keepHarmless(headers);
      url = target;
    }
    throw refuseUrl(outgoing.url, `it redirects more than ${MAX_REDIRECTS} times`, 'Use the address it ends at.');
  }

  #once(url: URL, outgoing: OutboundRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(url, {
      dispatcher: this.#agent,
      method: outgoing.method ?? 'GET',
      headers: { 'user-agent': this.#options.userAgent, 'accept-encoding': ACCEPTED_ENCODINGS, ...outgoing.headers },
      body: outgoing.body ?? null,
      signal,
    });
  }

  async #finish(answer: Dispatcher.ResponseData, url: URL, outgoing: OutboundRequest): Promise<OutboundAnswer> {
    const headers = flat(answer.headers);
    const maxBytes = outgoing.maxBytes ?? this.#options.maxBytes;
    let body: Buffer = Buffer.alloc(0);
    if (outgoing.headersOnly) discard(answer.body);
    else body = await readBody(answer.body, headers['content-encoding'], { maxBytes, shown: url.href });
    return { url: url.href, status: answer.statusCode, headers, body };
  }
}

function redirectTarget(answer: Dispatcher.ResponseData, from: URL): string | null {
  if (![301, 302, 303, 307, 308].includes(answer.statusCode)) return null;
  const location = flat(answer.headers).location;
  if (location === undefined) return null;
  return URL.canParse(location, from) ? new URL(location, from).href : location;
}

function keepHarmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name.toLowerCase())));
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? []].flat().join(', ')]),
  );
}

const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'no name server answered',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it hung up',
  ENETUNREACH: 'there is no way to that network from here',
  EHOSTUNREACH: 'there is no way to that host from here',
  UND_ERR_CONNECT_TIMEOUT: 'it did not pick up in time',
  UND_ERR_SOCKET: 'it hung up',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function toRefusal(error: unknown, url: string, timedOutAfterMs: number | null): Refusal {
  if (error instanceof Refusal) return error;
  if (timedOutAfterMs !== null) {
    return new Refusal('remote_failed', `${url} did not answer in full within ${timedOutAfterMs / 1000} s.`);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = networkReasons[code] ?? (code.startsWith('Z_') ? 'its body cannot be unpacked' : null);
  if (reason === null)
    return new Refusal('remote_failed', `${url} could not be read (${code || 'unknown failure'}).`, { cause: error });
  return new Refusal('remote_failed', `${url} could not be read: ${reason}.`, { cause: error });
}
