import type { Role } from '@gantry/core';
import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string | null;
}

interface AccountRow {
  id: string;
  email: string;
  roles: string[];
  password_hash: string | null;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  roles: row.roles as Role[],
  passwordHash: row.password_hash,
});

export async function findAccount(db: Queries, email: string): Promise<Account | null> {
  const row = await db.selectFrom('account').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** The account of an open session; null when it is over. */
export async function findSessionAccount(db: Queries, tokenHash: string): Promise<Account | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .selectAll('account')
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** Adds the account or gives the one with this address these roles and this password; null leaves no password. */
export async function putAccount(db: Queries, account: Account): Promise<void> {
  await db
    .insertInto('account')
    .values({ id: account.id, email: account.email, roles: [...account.roles], password_hash: account.passwordHash })
    .onConflict((at) =>
      at.column('email').doUpdateSet((change) => ({
        roles: change.ref('excluded.roles'),
        password_hash: change.ref('excluded.password_hash'),
      })),
    )
    .execute();
}

export async function addSession(db: Queries, accountId: string, tokenHash: string, expiresAt: Date): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', sql<Date>`now()`).execute();
  await db
    .insertInto('session')
    .values({ token_hash: tokenHash, account_id: accountId, expires_at: expiresAt })
    .execute();
}

export async function removeSession(db: Queries, tokenHash: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
}

export async function addSignInLink(db: Queries, accountId: string, tokenHash: string, expiresAt: Date): Promise<void> {
  await db.deleteFrom('sign_in_link').where('account_id', '=', accountId).execute();
  await db
    .insertInto('sign_in_link')
    .values({ token_hash: tokenHash, account_id: accountId, expires_at: expiresAt })
    .execute();
}

/** Uses a one-time link up: the second caller gets null. */
export async function takeSignInLink(db: Queries, tokenHash: string): Promise<Account | null> {
  const link = await db
    .deleteFrom('sign_in_link')
    .where('token_hash', '=', tokenHash)
    .returning(['account_id', sql<boolean>`expires_at > now()`.as('is_valid')])
    .executeTakeFirst();
  if (!link?.is_valid) return null;
  const row = await db.selectFrom('account').selectAll().where('id', '=', link.account_id).executeTakeFirst();
  return row ? toAccount(row) : null;
}

export interface MachineCredential {
  readonly clientId: string;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly secretHash: string;
}

export async function findMachineCredential(db: Queries, clientId: string): Promise<MachineCredential | null> {
  const row = await db
    .selectFrom('machine_credential')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (!row) return null;
  return { clientId: row.client_id, label: row.label, roles: row.roles as Role[], secretHash: row.secret_hash };
}

export async function putMachineCredential(db: Queries, credential: MachineCredential): Promise<void> {
  const { clientId, label, roles, secretHash } = credential;
  await db
    .insertInto('machine_credential')
    .values({ client_id: clientId, label, roles: [...roles], secret_hash: secretHash })
    .onConflict((at) => at.column('client_id').doUpdateSet({ label, roles: [...roles], secret_hash: secretHash }))
    .execute();
}

/** A value all processes share, made by the first that asks. */
export async function sharedSecret(db: Queries, name: string, make: () => string): Promise<string> {
  await db
    .insertInto('instance_secret')
    .values({ name, value: make() })
    .onConflict((at) => at.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('instance_secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}
