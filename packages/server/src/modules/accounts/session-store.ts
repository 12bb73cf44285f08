import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';

export interface NewSession {
  readonly accountId: string;
  readonly tokenHash: string;
  readonly userAgent: string;
  readonly expiresAt: Date;
}

export async function addSession(db: Queries, session: NewSession): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', sql<Date>`now()`).execute();
  await db
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      account_id: session.accountId,
      user_agent: session.userAgent,
      expires_at: session.expiresAt,
    })
    .execute();
}

export async function removeSession(db: Queries, tokenHash: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
}

export async function hasOpenSession(db: Queries, accountId: string): Promise<boolean> {
  const open = await db
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', accountId)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return open !== undefined;
}

/** An open session as its person may see it. */
export interface SessionRow {
  readonly id: string;
  readonly tokenHash: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** The open sessions of an account, the one used last first. */
export async function listSessions(db: Queries, accountId: string): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .select([
      'id',
      'token_hash as tokenHash',
      'user_agent as userAgent',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'expires_at as expiresAt',
    ])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends one session, of one account or of anybody. @returns whether there was one */
export async function endSession(db: Queries, id: string, accountId: string | null): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('id', '=', id)
    .$if(accountId !== null, (sessions) => sessions.where('account_id', '=', accountId ?? ''))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends the sessions of an account, all or all but one. @returns how many */
export async function endSessions(db: Queries, accountId: string, except?: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .$if(except !== undefined, (sessions) => sessions.where('token_hash', '<>', except ?? ''))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
