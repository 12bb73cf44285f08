import type { Actor } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import { type Credential, findCredential } from './credential-store.ts';
import { personOfAccount } from './person-query.ts';

/**
 * How long a process may go on by what it knows of a machine's credential. A machine sends thousands of requests with
 * one token; a credential that is deleted, switched off or rotated ends its tokens within this time, in every process.
 */
const REMEMBERED_MS = 2_000;
const MAX_REMEMBERED = 1_000;

interface Remembered {
  readonly credential: Credential | null;
  readonly until: number;
}

/** Who stands behind client ids, as of at most two seconds ago; people stand behind theirs as of this moment. */
export class Machines {
  readonly #db: Db;
  readonly #now: () => number;
  readonly #known = new Map<string, Remembered>();

  constructor(db: Db, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** Who acts with a token of this client id and generation; null when the credential is no longer good for it. */
  async actorOf(clientId: string, generation: number): Promise<Actor | null> {
    const credential = await this.#find(clientId);
    if (!credential?.enabled || credential.generation !== generation) return null;
    return actorBehind(this.#db, credential);
  }

  async #find(clientId: string): Promise<Credential | null> {
    const known = this.#known.get(clientId);
    if (known && known.until > this.#now()) return known.credential;
    const credential = await findCredential(this.#db, clientId, true);
    this.#known.delete(clientId);
    this.#known.set(clientId, { credential, until: this.#now() + REMEMBERED_MS });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return credential;
  }
}

/**
 * The machine, or the person whose pair it is, who by it may do what a token of theirs may; null for people who are not
 * active.
 */
export async function actorBehind(db: Db, { accountId, clientId, label, roles }: Credential): Promise<Actor | null> {
  const person = accountId !== null && (await personOfAccount(db, accountId));
  if (accountId !== null) return person ? { ...person, scopes: ['admin'] } : null;
  return { kind: 'machine', id: clientId, label, roles, teams: [] };
}
