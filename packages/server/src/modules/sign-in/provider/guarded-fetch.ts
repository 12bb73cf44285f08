import type { CustomFetch } from 'openid-client';
import type { Outbound } from '../../../outbound/index.ts';

const LARGEST_ANSWER = 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** `fetch` for the OpenID library, through the guarded way out. */
export function guardedFetch(outbound: Outbound): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await outbound.send({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal ? { signal } : {}),
      maxBytes: LARGEST_ANSWER,
      timeoutMs: TIMEOUT_MS,
    });
    return new Response(isBodiless(answer.status) ? null : Uint8Array.from(answer.body), {
      status: answer.status,
      headers: withoutCoding(answer.headers),
    });
  };
}

const isBodiless = (status: number) => [204, 205, 304].includes(status);

/** The body has been unpacked on its way. */
function withoutCoding(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-encoding': _, 'content-length': __, ...rest } = headers;
  return rest;
}
