import type { Actor, Role } from '@gantry/core';
import { errors, jwtVerify, SignJWT } from 'jose';
import { ORGANIZATION_ID } from './organization-id.ts';

/** Three hours: long enough for a Terraform run, which never renews its token. */
export const TOKEN_SECONDS = 3 * 60 * 60;
const MAX_REMEMBERED = 1_000;

interface Remembered {
  readonly actor: Actor;
  readonly expiresAt: number;
}

/**
 * Bearer tokens of machines: JWTs signed with HS256 that Port's clients can read (`isMachine`, `orgId`, `exp`). Verified
 * ones are remembered until they expire, because a client sends the same token thousands of times.
 */
export class Tokens {
  readonly #key: Uint8Array;
  readonly #verified = new Map<string, Remembered>();

  constructor(key: string) {
    this.#key = new TextEncoder().encode(key);
  }

  async issue(actor: Actor): Promise<string> {
    return new SignJWT({ isMachine: true, orgId: ORGANIZATION_ID, label: actor.label, roles: [...actor.roles] })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(actor.id)
      .setIssuer('gantry')
      .setAudience('gantry')
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(this.#key);
  }

  /** Null for a token that is forged, expired or not a token. */
  async verify(token: string): Promise<Actor | null> {
    const remembered = this.#verified.get(token);
    if (remembered && remembered.expiresAt > Date.now()) return remembered.actor;
    this.#verified.delete(token);
    try {
      const { payload } = await jwtVerify<{ label: string; roles: Role[] }>(token, this.#key, {
        algorithms: ['HS256'],
        issuer: 'gantry',
        audience: 'gantry',
        requiredClaims: ['sub', 'exp'],
      });
      const actor: Actor = {
        kind: 'machine',
        id: payload.sub ?? '',
        label: payload.label,
        roles: payload.roles,
        teams: [],
      };
      this.#remember(token, { actor, expiresAt: (payload.exp ?? 0) * 1000 });
      return actor;
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
