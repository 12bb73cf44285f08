import type { TokenScope } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: TokenScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

const columns = [
  'id',
  'name',
  'scopes',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
] as const;

const toRow = (row: Omit<TokenRow, 'scopes'> & { scopes: string[] }): TokenRow => {
  return { ...row, scopes: row.scopes as TokenScope[] };
};

/** Newest first; those that have expired are listed too, until they are deleted. */
export async function listTokenRows(db: Queries, accountId: string): Promise<TokenRow[]> {
  const rows = await db
    .selectFrom('personal_token')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toRow);
}

export interface NewToken {
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

export async function addToken(db: Queries, token: NewToken): Promise<TokenRow> {
  const { accountId, name, scopes, tokenHash, expiresAt } = token;
  const values = { account_id: accountId, name, scopes: [...scopes], token_hash: tokenHash, expires_at: expiresAt };
  const row = await db.insertInto('personal_token').values(values).returning(columns).executeTakeFirstOrThrow();
  return toRow(row);
}

/** @returns what it was; null when there is none */
export async function removeToken(db: Queries, accountId: string, id: string): Promise<TokenRow | null> {
  const row = await db
    .deleteFrom('personal_token')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  return row ? toRow(row) : null;
}
