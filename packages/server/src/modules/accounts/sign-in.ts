import { type Actor, normalEmail, Refusal } from '@gantry/core';
import { type EntityKit, putEntities } from '../entities/index.ts';
import { type Account, findAccount, takeSignInLink } from './account-store.ts';
import { type Attempt, AttemptLimit } from './attempt-limit.ts';
import { type Credential, findCredential } from './credential-store.ts';
import type { Devices } from './device.ts';
import { actorBehind } from './machines.ts';
import { personOfAccount } from './person-query.ts';
import { digest, hashPassword, isPassword, isSameSecret, newSecret } from './secret.ts';
import { addSession } from './session-store.ts';

const SESSION_DAYS = 30;
export const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60;
const LONGEST_AGENT = 300;

/** Where somebody signs in from. */
export interface Place {
  readonly address: string;
  readonly userAgent: string;
  /** The device cookie, if the browser sent one. */
  readonly device?: string | undefined;
}

export interface OpenSession {
  readonly actor: Actor;
  readonly email: string;
  /** What the cookie holds; known to the browser alone. Another one at each sign-in. */
  readonly secret: string;
}

/** How people and machines prove who they are. Every refusal is the same one, so that none tells what was nearly right. */
export class SignIn {
  readonly #kit: EntityKit;
  readonly #devices: Devices;
  readonly #limit = new AttemptLimit();
  /** Compared against when there is no such account, so that its absence takes as long as a wrong password. */
  readonly #nobodysHash = hashPassword(newSecret());

  constructor(kit: EntityKit, devices: Devices) {
    this.#kit = kit;
    this.#devices = devices;
  }

  /** @throws Refusal `unauthorized`, `too_many_requests` */
  async withPassword(email: string, password: string, place: Place): Promise<OpenSession> {
    const address = normalEmail(email);
    return this.#guarded(this.#attempts(address, place), async () => {
      const account = await findAccount(this.#kit.db, address);
      const isRight = await isPassword(password, account?.passwordHash ?? (await this.#nobodysHash));
      return account?.passwordHash && isRight ? this.open(account, place) : null;
    });
  }

  /** Who was invited is active from their first sign-in on. @throws Refusal `unauthorized`, `too_many_requests` */
  async withLink(token: string, place: Place): Promise<OpenSession> {
    return this.#guarded(attemptsOf(place.address), async () => {
      const account = await takeSignInLink(this.#kit.db, digest(token));
      if (account?.status === 'Invited') await activate(this.#kit, account);
      return account && this.open(account, place);
    });
  }

  /** @returns the credential, and who stands behind it @throws Refusal `unauthorized`, `too_many_requests` */
  async withCredential(
    clientId: string,
    clientSecret: string,
    address: string,
  ): Promise<{ credential: Credential; actor: Actor }> {
    return this.#guarded(attemptsOf(address, clientId), async () => {
      const credential = await findCredential(this.#kit.db, clientId, false);
      const isRight = isSameSecret(digest(clientSecret), credential?.secretHash ?? '');
      if (!credential?.enabled || !isRight) return null;
      const actor = await actorBehind(this.#kit.db, credential);
      return actor && { credential, actor };
    });
  }

  /** A session for somebody whose identity is proven; null when they are not active. */
  async open(account: Pick<Account, 'id' | 'email'>, place: Place): Promise<OpenSession | null> {
    const actor = await personOfAccount(this.#kit.db, account.id);
    if (!actor) return null;
    const secret = newSecret();
    await addSession(this.#kit.db, {
      accountId: account.id,
      tokenHash: digest(secret),
      userAgent: place.userAgent.slice(0, LONGEST_AGENT),
      expiresAt: new Date(Date.now() + SESSION_SECONDS * 1000),
    });
    return { actor, email: account.email, secret };
  }

  /** Somebody signed in repeats their password. @throws Refusal `unauthorized`, `too_many_requests` */
  async confirmPassword(account: Account, password: string, place: Place): Promise<void> {
    await this.#guarded(this.#attempts(account.email, place), async () => {
      return (await isPassword(password, account.passwordHash ?? '')) ? true : null;
    });
  }

  #attempts(email: string, place: Place): Attempt[] {
    const device = this.#devices.knownTo(email, place.device);
    return device ? attemptsOn(device, email) : attemptsOf(place.address, email);
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

/** In a browser that has proven itself before, only what was tried there counts. */
const attemptsOn = (device: string, account: string): Attempt[] => [{ key: `as ${account} on ${device}`, free: 10 }];

/** Nobody may change their own status; that the invited are active now follows from the link they were given. */
async function activate(kit: EntityKit, { id, person }: Account): Promise<void> {
  if (person === null) return;
  const actor: Actor = { kind: 'system', id, label: person, roles: [], teams: [] };
  const input = { properties: { status: 'Active' } };
  await putEntities(kit, [{ blueprint: '_user', at: person, mode: 'merge', mustExist: true, input }], {
    actor,
    origin: { kind: 'user', key: id, label: person },
    datasource: '',
    dangling: 'refuse',
  });
}
