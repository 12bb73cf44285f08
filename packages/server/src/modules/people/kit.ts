import type { EntityKit } from '../entities/index.ts';

/** A one-time link that lets somebody in. */
export interface SignInLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What people and teams need of the room that lets people in. */
export interface AccountKeeper {
  /**
   * A one-time link for the person with this entity, who gets an account by it if they have none.
   * @throws Refusal `already_exists` when somebody else signs in with this address
   */
  invite(entityId: string, email: string): Promise<SignInLink>;
  /** Takes password and sessions away, and gives a one-time link; null for whoever has no account. */
  renew(person: string): Promise<SignInLink | null>;
}

export interface PeopleKit {
  readonly entities: EntityKit;
  readonly accounts: AccountKeeper;
}
