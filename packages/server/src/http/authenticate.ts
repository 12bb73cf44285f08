import { type Actor, Refusal } from '@gantry/core';

/** The cookie that carries a person's session. */
export const SESSION_COOKIE = 'gantry_session';

/** Turns credentials into who acts; all answer null for what is unknown, expired or forged. */
export interface Authority {
  ofToken(token: string): Promise<Actor | null>;
  ofSession(secret: string): Promise<Actor | null>;
  /** The person with this identifier as they act when they sign in; null when nobody of that name can. */
  called(person: string): Promise<Actor | null>;
}

export interface Credentials {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

/**
 * Who calls: a bearer token wins over the session cookie; neither means nobody. A cookie travels without the person's
 * doing, so a change asked with one must come from our own pages.
 * @throws Refusal `unauthorized` for a token that is not valid, `forbidden` for a change from a foreign page
 */
export async function authenticate(
  call: Credentials,
  authority: Authority,
  baseUrl: string | undefined,
): Promise<Actor | null> {
  const token = bearerOf(call.headers.authorization);
  if (token !== null) return (await authority.ofToken(token)) ?? refuseToken();
  if (!isSafe(call.method)) refuseForeignOrigin(call.headers, baseUrl);
  const secret = call.cookies[SESSION_COOKIE];
  return secret ? authority.ofSession(secret) : null;
}

function bearerOf(header: string | string[] | undefined): string | null {
  if (header === undefined || header === '') return null;
  const [scheme, token] = String(header).split(/ +/, 2);
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw new Refusal('unauthorized', 'The Authorization header must read `Bearer <token>`.');
  }
  return token;
}

function refuseToken(): never {
  throw new Refusal(
    'unauthorized',
    'The access token is not valid or has expired. Get a new one at POST /v1/auth/access_token.',
  );
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** Browsers name the page a change comes from; programs that keep cookies but name none are let through. */
function refuseForeignOrigin(headers: Credentials['headers'], baseUrl: string | undefined): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined) {
    if (site === undefined || site === 'same-origin' || site === 'none') return;
  } else {
    const from = URL.parse(String(origin));
    if (from && (from.host === host || (baseUrl !== undefined && from.origin === URL.parse(baseUrl)?.origin))) return;
  }
  throw new Refusal(
    'forbidden',
    'This change was asked for by a page of another site. If that page is Gantry behind a proxy, set GANTRY_BASE_URL to the address people type.',
  );
}
