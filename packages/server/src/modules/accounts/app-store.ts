import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';

/** A machine credential as administrators see it. */
export interface AppRow {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly roles: string[];
  readonly keptBy: 'api' | 'settings' | 'cli';
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The pairs of people are theirs, and not among these. */
const apps = (db: Queries) =>
  db
    .selectFrom('machine_credential')
    .select([
      'client_id as id',
      'label as name',
      'enabled',
      'roles',
      'kept_by as keptBy',
      'last_used_at as lastUsedAt',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .where('account_id', 'is', null);

export const listAppRows = (db: Queries): Promise<AppRow[]> => apps(db).orderBy('label').orderBy('client_id').execute();

export async function findAppRow(db: Queries, id: string): Promise<AppRow | null> {
  return (await apps(db).where('client_id', '=', id).executeTakeFirst()) ?? null;
}

export interface AppChange {
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly enabled?: boolean;
  /** A new secret, which makes every token of the old one void. */
  readonly secretHash?: string;
}

export async function updateApp(db: Queries, id: string, change: AppChange): Promise<void> {
  const { name, roles, enabled, secretHash } = change;
  await db
    .updateTable('machine_credential')
    .set({
      ...(name === undefined ? {} : { label: name }),
      ...(roles === undefined ? {} : { roles: [...roles] }),
      ...(enabled === undefined ? {} : { enabled }),
      ...(secretHash === undefined ? {} : { secret_hash: secretHash, generation: sql<number>`generation + 1` }),
      updated_at: sql<Date>`now()`,
    })
    .where('client_id', '=', id)
    .execute();
}

export async function removeApp(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('machine_credential').where('client_id', '=', id).execute();
}
