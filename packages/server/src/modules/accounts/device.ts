import { createHmac } from 'node:crypto';
import { isSameSecret, newSecret } from './secret.ts';

/** The cookie by which a browser shows that its person has signed in there before. */
export const DEVICE_COOKIE = 'gantry_device';
export const DEVICE_SECONDS = 365 * 24 * 60 * 60;

/**
 * Browsers that are known to an account. Guessing is counted apart for each of them, so that strangers who guess at an
 * account, from wherever, cannot keep its person out of a browser they have used. Nothing but that follows from one.
 */
export class Devices {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** A cookie for a browser somebody has just signed in with; it names nobody. */
  mark(email: string): string {
    const device = newSecret();
    return `${device}.${this.#sign(email, device)}`;
  }

  /** The device, when the cookie was made for this account; null for none, another's and a forged one. */
  knownTo(email: string, cookie: string | undefined): string | null {
    const [device = '', signature = ''] = cookie?.split('.', 2) ?? [];
    return device !== '' && isSameSecret(signature, this.#sign(email, device)) ? device : null;
  }

  #sign(email: string, device: string): string {
    return createHmac('sha256', this.#key).update(`${device} ${email}`).digest('base64url');
  }
}
