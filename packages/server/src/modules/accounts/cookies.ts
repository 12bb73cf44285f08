import { SESSION_COOKIE } from '../../http/authenticate.ts';
import type { CallContext } from '../../http/serve.ts';
import { DEVICE_COOKIE, DEVICE_SECONDS } from './device.ts';
import type { AccountKit } from './kit.ts';
import { type OpenSession, type Place, SESSION_SECONDS } from './sign-in.ts';

export function placeOf({ remoteAddress, userAgent, cookies }: CallContext): Place {
  return { address: remoteAddress, userAgent, device: cookies[DEVICE_COOKIE] };
}

/** Lets the browser in: the session, and a mark by which it is known to the account from now on. */
export function sessionCookies(kit: AccountKit, { email, secret }: OpenSession): string[] {
  return [
    cookie(kit, SESSION_COOKIE, secret, SESSION_SECONDS),
    cookie(kit, DEVICE_COOKIE, kit.devices.mark(email), DEVICE_SECONDS),
  ];
}

export const endOfSession = (kit: AccountKit) => [cookie(kit, SESSION_COOKIE, '', 0)];

/** Out of reach of scripts and foreign pages; Secure when people come by HTTPS. */
function cookie({ settings }: AccountKit, name: string, value: string, maxAge: number): string {
  const isSecure = settings.baseUrl?.startsWith('https:') ?? false;
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
