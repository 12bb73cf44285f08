import { base64url, EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Proof } from './provider/open-id-provider.ts';

const MINUTES = 10;
const ISSUER = 'gantry sign-in';

/** A sign-in that has begun: what has to be the same when the person comes back. */
export interface Flow extends Proof {
  readonly provider: string;
  readonly redirectUri: string;
  /** The page of ours to go on to. */
  readonly to: string;
  /** The administrator who tries the provider out; null for somebody who wants in. */
  readonly tester: string | null;
}

/**
 * Keeps what has begun in the browser that began it, sealed and for ten minutes: nobody can come back with an answer
 * that another browser asked for. Each flow has a cookie of its own, so that two tabs do not disturb one another.
 */
export class FlowCookies {
  readonly #key: Uint8Array;
  readonly #attributes: string;

  /** @param key 32 bytes in base64url, known to every process */
  constructor(key: string, isSecure: boolean) {
    this.#key = base64url.decode(key);
    this.#attributes = `Path=/v1/sign-in; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** The `set-cookie` that begins it. */
  async begin(flow: Flow): Promise<string> {
    const sealed = await new EncryptJWT({ ...flow })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuer(ISSUER)
      .setExpirationTime(`${MINUTES}m`)
      .encrypt(this.#key);
    return `${nameOf(flow.state)}=${sealed}; Max-Age=${MINUTES * 60}; ${this.#attributes}`;
  }

  /** The flow this browser began with the provider under this state; null when it did not, or long ago. */
  async find(
    cookies: Readonly<Record<string, string | undefined>>,
    provider: string,
    state: string | undefined,
  ): Promise<Flow | null> {
    const sealed = state && cookies[nameOf(state)];
    if (!sealed) return null;
    try {
      const options = { issuer: ISSUER, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      const { payload } = await jwtDecrypt<Flow>(sealed, this.#key, options);
      return payload.provider === provider && payload.state === state ? payload : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** The `set-cookie` that ends it. */
  end(state: string): string {
    return `${nameOf(state)}=; Max-Age=0; ${this.#attributes}`;
  }
}

/** The state comes back in an address, so only what a cookie's name may hold is taken from it. */
const nameOf = (state: string) => `gantry_sign_in_${state.replaceAll(/[^\w-]/g, '').slice(0, 12)}`;
