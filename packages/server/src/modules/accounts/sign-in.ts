import { randomUUID } from 'node:crypto';
import { type Actor, Refusal } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import { type Attempt, AttemptLimit } from './attempt-limit.ts';
import { digest, hashPassword, isPassword, isSameSecret, newSecret } from './secret.ts';
import {
  type Account,
  addSession,
  findAccount,
  findMachineCredential,
  findSessionAccount,
  putAccount,
  removeSession,
  takeSignInLink,
} from './store.ts';

const SESSION_DAYS = 30;
export const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;

export interface OpenSession {
  readonly actor: Actor;
  /** What the cookie holds; known to the browser alone. */
  readonly secret: string;
}

/** How people and machines prove who they are. Every refusal is the same one, so that none tells what was nearly right. */
export class SignIn {
  readonly #db: Db;
  readonly #limit = new AttemptLimit();
  /** Compared against when there is no such account, so that its absence takes as long as a wrong password. */
  readonly #nobodysHash = hashPassword(newSecret());

  constructor(db: Db) {
    this.#db = db;
  }

  /** @throws Refusal `unauthorized`, `too_many_requests` */
  async withPassword(email: string, password: string, from: string): Promise<OpenSession> {
    return this.#guarded(attemptsOf(from, email.toLowerCase()), async () => {
      const account = await findAccount(this.#db, email);
      const isRight = await isPassword(password, account?.passwordHash ?? (await this.#nobodysHash));
      return account?.passwordHash && isRight ? this.#open(account) : null;
    });
  }

  /** @throws Refusal `unauthorized`, `too_many_requests` */
  async withLink(token: string, from: string): Promise<OpenSession> {
    return this.#guarded(attemptsOf(from), async () => {
      const account = await takeSignInLink(this.#db, digest(token));
      return account ? this.#open(account) : null;
    });
  }

  /** @throws Refusal `unauthorized`, `too_many_requests` */
  async asMachine(clientId: string, clientSecret: string, from: string): Promise<Actor> {
    return this.#guarded(attemptsOf(from, clientId), async () => {
      const credential = await findMachineCredential(this.#db, clientId);
      const isRight = isSameSecret(digest(clientSecret), credential?.secretHash ?? '');
      if (!credential || !isRight) return null;
      return { kind: 'machine', id: clientId, label: credential.label, roles: credential.roles, teams: [] };
    });
  }

  /** For somebody whom an identity provider vouches for. A role of null leaves theirs as it is; who is new is a member. */
  async asProven(email: string, role: 'Admin' | 'Member' | null): Promise<OpenSession> {
    const before = await findAccount(this.#db, email);
    const account: Account = {
      id: before?.id ?? `user_${randomUUID()}`,
      email: email.toLowerCase(),
      roles: role === null ? (before?.roles ?? ['Member']) : [role],
      passwordHash: before?.passwordHash ?? null,
    };
    await putAccount(this.#db, account);
    return this.#open((await findAccount(this.#db, email)) ?? account);
  }

  async actorOfSession(secret: string): Promise<Actor | null> {
    const account = await findSessionAccount(this.#db, digest(secret));
    return account && actorOf(account);
  }

  async close(secret: string): Promise<void> {
    await removeSession(this.#db, digest(secret));
  }

  async #open(account: Account): Promise<OpenSession> {
    const secret = newSecret();
    await addSession(this.#db, account.id, digest(secret), new Date(Date.now() + SESSION_SECONDS * 1000));
    return { actor: actorOf(account), secret };
  }

  async #guarded<T>(attempts: readonly Attempt[], prove: () => Promise<T | null>): Promise<T> {
    this.#limit.check(attempts);
    const proven = await prove();
    if (proven === null) {
      this.#limit.failed(attempts);
      const message = 'These credentials are not known. Check both parts, or ask for a new sign-in link.';
      throw new Refusal('unauthorized', message);
    }
    this.#limit.succeeded(attempts.slice(0, 1));
    return proven;
  }
}

/**
 * One guesser at one account is stopped soonest. An account or an address alone is given more room, so that nobody can
 * lock others out cheaply: behind a proxy, everybody comes from one address.
 */
function attemptsOf(from: string, account?: string): Attempt[] {
  const address = { key: `from ${from}`, free: 100 };
  if (account === undefined) return [address];
  return [{ key: `as ${account} from ${from}`, free: 10 }, { key: `as ${account}`, free: 50 }, address];
}

function actorOf(account: Account): Actor {
  return { kind: 'user', id: account.id, label: account.email, roles: account.roles, teams: [] };
}
