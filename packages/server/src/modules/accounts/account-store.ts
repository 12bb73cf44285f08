import { randomUUID } from 'node:crypto';
import { type PersonStatus, Refusal } from '@gantry/core';
import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';

/** How a person proves to be the one their `_user` entity tells of. */
export interface Account {
  readonly id: string;
  /** The address they sign in with. */
  readonly email: string;
  readonly passwordHash: string | null;
  /** Null when their entity is gone or says nothing. */
  readonly status: PersonStatus | null;
  /** Identifier of their entity; null when it is gone. */
  readonly person: string | null;
}

const accounts = (db: Queries) =>
  db
    .selectFrom('account')
    .leftJoin('entity', 'entity.id', 'account.entity_id')
    .select([
      'account.id',
      'account.email',
      'account.password_hash as passwordHash',
      'entity.identifier as person',
      sql<PersonStatus | null>`entity.properties ->> 'status'`.as('status'),
    ]);

/** By the address people sign in with, in small letters. */
export async function findAccount(db: Queries, email: string): Promise<Account | null> {
  return (await accounts(db).where('account.email', '=', email).executeTakeFirst()) ?? null;
}

export async function findAccountById(db: Queries, id: string): Promise<Account | null> {
  return (await accounts(db).where('account.id', '=', id).executeTakeFirst()) ?? null;
}

/** By the identifier of the person's entity. */
export async function findAccountOf(db: Queries, person: string): Promise<Account | null> {
  return (await accounts(db).where('entity.identifier', '=', person).executeTakeFirst()) ?? null;
}

/** Addresses of accounts whose people have no entity yet. */
export async function accountsWithoutPerson(db: Queries): Promise<string[]> {
  const rows = await db.selectFrom('account').select('email').where('entity_id', 'is', null).execute();
  return rows.map(({ email }) => email);
}

/**
 * The account of the person with this entity, made when there is none. An account left over under their address, of an
 * entity that is gone, becomes theirs without what it knew. @returns its id
 * @throws Refusal `already_exists` when somebody else has the address
 */
export async function ensureAccount(db: Queries, entityId: string, email: string): Promise<string> {
  const existing = await db.selectFrom('account').select('id').where('entity_id', '=', entityId).executeTakeFirst();
  if (existing) return existing.id;
  await db
    .deleteFrom('account')
    .where('email', '=', email)
    .where('entity_id', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('entity').select('id').whereRef('entity.id', '=', 'account.entity_id'))),
    )
    .execute();
  const made = await db
    .insertInto('account')
    .values({ id: `user_${randomUUID()}`, email, password_hash: null, entity_id: entityId })
    .onConflict((at) => at.column('email').doUpdateSet({ entity_id: entityId }).where('account.entity_id', 'is', null))
    .returning('id')
    .executeTakeFirst();
  if (made) return made.id;
  const concurrent = await db.selectFrom('account').select('id').where('entity_id', '=', entityId).executeTakeFirst();
  if (concurrent) return concurrent.id;
  throw new Refusal('already_exists', `Somebody else signs in as ${email}. Give this person another address.`);
}

export async function setPasswordHash(db: Queries, accountId: string, hash: string | null): Promise<void> {
  await db.updateTable('account').set({ password_hash: hash }).where('id', '=', accountId).execute();
}

/** Ends everything people had whose entities are gone: a restored person is invited again. */
export async function forgetDeletedPeople(db: Queries): Promise<void> {
  await db
    .deleteFrom('account')
    .where('entity_id', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('entity').select('id').whereRef('entity.id', '=', 'account.entity_id'))),
    )
    .execute();
}

/** An earlier link of the account stops working. */
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
  return link?.is_valid ? findAccountById(db, link.account_id) : null;
}

/** Whether somebody can get in who is an administrator. */
export async function hasAdmin(db: Queries): Promise<boolean> {
  const admin = await db
    .selectFrom('account')
    .innerJoin('entity', 'entity.id', 'account.entity_id')
    .select('account.id')
    .where(sql<boolean>`entity.properties @> '{"status": "Active", "port_role": "Admin"}'`)
    .executeTakeFirst();
  return admin !== undefined;
}

/** Id of the entity of a service account: what acts as a person and is none. */
export async function findServiceAccount(db: Queries, identifier: string): Promise<string | null> {
  const row = await db
    .selectFrom('entity')
    .innerJoin('blueprint', 'blueprint.id', 'entity.blueprint_id')
    .select('entity.id')
    .where('blueprint.identifier', '=', '_user')
    .where('entity.identifier', '=', identifier)
    .where(sql<boolean>`entity.properties @> '{"port_type": "Service Account"}'`)
    .executeTakeFirst();
  return row?.id ?? null;
}
