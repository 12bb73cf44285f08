import { errors, jwtVerify, SignJWT } from 'jose';
import type { Credential } from './credential-store.ts';
import { ORGANIZATION_ID } from './organization-id.ts';

/** Three hours: long enough for a Terraform run, which never renews its token. */
export const TOKEN_SECONDS = 3 * 60 * 60;
const MAX_REMEMBERED = 1_000;

/** What a token says. Who that is, and whether they still may, is asked of the database. */
export interface TokenClaims {
  readonly clientId: string;
  readonly generation: number;
}

interface Remembered {
  readonly claims: TokenClaims;
  readonly expiresAt: number;
}

/**
 * Bearer tokens of client ids: JWTs signed with HS256 that Port's clients can read (`isMachine`, `orgId`, `exp`). What
 * was verified is remembered until it expires, because a client sends the same token thousands of times.
 */
export class Tokens {
  readonly #key: Uint8Array;
  readonly #verified = new Map<string, Remembered>();

  constructor(key: string) {
    this.#key = new TextEncoder().encode(key);
  }

  async issue({ clientId, generation, accountId }: Credential): Promise<string> {
    const isMachine = accountId === null;
    return new SignJWT({ isMachine, personalToken: !isMachine, orgId: ORGANIZATION_ID, gen: generation })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(clientId)
      .setIssuer('gantry')
      .setAudience('gantry')
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(this.#key);
  }

  /** Null for a token that is forged, expired or not a token. */
  async verify(token: string): Promise<TokenClaims | null> {
    const remembered = this.#verified.get(token);
    if (remembered && remembered.expiresAt > Date.now()) return remembered.claims;
    this.#verified.delete(token);
    try {
      const { payload } = await jwtVerify<{ gen: number }>(token, this.#key, {
        algorithms: ['HS256'],
        issuer: 'gantry',
        audience: 'gantry',
        requiredClaims: ['sub', 'exp', 'gen'],
      });
      const claims = { clientId: payload.sub ?? '', generation: payload.gen };
      this.#remember(token, { claims, expiresAt: (payload.exp ?? 0) * 1000 });
      return claims;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  #remember(token: string, verified: Remembered): void {
    this.#verified.set(token, verified);
    if (this.#verified.size <= MAX_REMEMBERED) return;
    const oldest = this.#verified.keys().next();
    if (!oldest.done) this.#verified.delete(oldest.value);
  }
}
