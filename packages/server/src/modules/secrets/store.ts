import type { Selectable } from 'kysely';
import type { Db, Queries, Trx } from '../../db/pool.ts';
import type { SecretTable } from '../../db/schema.ts';
import { run, statement } from '../../db/statement.ts';
import type { Sealed } from './key-ring.ts';

export type SecretRow = Selectable<SecretTable>;
/** Everything but the value. */
export type KnownSecret = Omit<SecretRow, 'nonce' | 'sealed'>;

const known = [
  ...(['name', 'description', 'version', 'key_id', 'created_at', 'created_by', 'updated_at', 'updated_by'] as const),
];

export function listSecrets(db: Db): Promise<KnownSecret[]> {
  return db.selectFrom('secret').select(known).orderBy('name').execute();
}

export function findSecret(db: Queries, name: string): Promise<KnownSecret | undefined> {
  return db.selectFrom('secret').select(known).where('name', '=', name).executeTakeFirst();
}

export function lockSecret(trx: Trx, name: string): Promise<KnownSecret | undefined> {
  return trx.selectFrom('secret').select(known).where('name', '=', name).forUpdate().executeTakeFirst();
}

interface Stamp {
  readonly at: Date;
  readonly by: string;
}

/** @returns undefined when the name is taken */
export function insertSecret(
  trx: Trx,
  { name, description, value }: { name: string; description: string | null; value: Sealed },
  { at, by }: Stamp,
): Promise<KnownSecret | undefined> {
  return trx
    .insertInto('secret')
    .values({ name, description, ...columns(value), created_at: at, created_by: by, updated_at: at, updated_by: by })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(known)
    .executeTakeFirst();
}

export function updateSecret(
  trx: Trx,
  name: string,
  change: { description: string | null; version: number; value?: Sealed | undefined },
  { at, by }: Stamp,
): Promise<KnownSecret> {
  const { description, version, value } = change;
  return trx
    .updateTable('secret')
    .set({ description, version, ...(value && columns(value)), updated_at: at, updated_by: by })
    .where('name', '=', name)
    .returning(known)
    .executeTakeFirstOrThrow();
}

const columns = ({ keyId, nonce, sealed }: Sealed) => ({ key_id: keyId, nonce, sealed });

export async function removeSecret(trx: Trx, name: string): Promise<KnownSecret | undefined> {
  return trx.deleteFrom('secret').where('name', '=', name).returning(known).executeTakeFirst();
}

/** The next secrets in the order of their names that another key has sealed, locked. */
export function lockForResealing(trx: Trx, after: string, keyId: string, limit: number): Promise<SecretRow[]> {
  return trx
    .selectFrom('secret')
    .selectAll()
    .where('name', '>', after)
    .where('key_id', '<>', keyId)
    .orderBy('name')
    .limit(limit)
    .forUpdate()
    .execute();
}

const reseal = statement(
  'secret.reseal',
  `update secret set key_id = k, nonce = decode(n, 'base64'), sealed = decode(s, 'base64')
   from json_to_recordset($1::json) as new (name text, k text, n text, s text)
   where secret.name = new.name collate "C"`,
);

/** The same values under another key: neither version nor time moves. Rows must be locked. */
export async function resealSecrets(trx: Trx, values: readonly { name: string; value: Sealed }[]): Promise<void> {
  const rows = values.map(({ name, value: { keyId, nonce, sealed } }) => {
    return { name, k: keyId, n: nonce.toString('base64'), s: sealed.toString('base64') };
  });
  if (rows.length > 0) await run(trx, reseal, [JSON.stringify(rows)]);
}

/** How many secrets each key has sealed. */
export function countByKey(db: Db): Promise<{ key_id: string; count: string }[]> {
  return db
    .selectFrom('secret')
    .select(({ fn }) => ['key_id', fn.countAll<string>().as('count')])
    .groupBy('key_id')
    .execute();
}
