import { createHash, randomBytes } from 'node:crypto';
import { type Actor, directoryRole, Refusal } from '@gantry/core';
import { sql } from 'kysely';
import { record } from '../../audit/record.ts';
import { type Db, transaction } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/** What the tokens of directories begin with, so that people and scanners of secrets know one when they see it. */
export const SCIM_TOKEN_PREFIX = 'gts_';

const digest = (secret: string) => createHash('sha256').update(secret).digest('base64url');

const shown = ['id', 'name', 'created_at', 'created_by', 'last_used_at'] as const;

export async function listTokens(db: Db) {
  return db.selectFrom('scim_token').select(shown).orderBy('created_at').execute();
}

/** @returns the row, and the secret, which is kept nowhere */
export async function createToken(db: Db, name: string, by: Actor) {
  const secret = `${SCIM_TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
  const row = await transaction(db, async (trx) => {
    const made = await trx
      .insertInto('scim_token')
      .values({ name, token_hash: digest(secret), created_by: by.label })
      .returning(shown)
      .executeTakeFirstOrThrow();
    await record(trx, by, { action: 'CREATE', resource: resourceOf(made.id), after: { name, use: 'SCIM' } });
    return made;
  });
  return { row, secret };
}

const resourceOf = (id: string) => ({ type: 'token', identifier: id }) as const;

/** @throws Refusal `not_found` */
export async function deleteToken(db: Db, id: string, by: Actor): Promise<void> {
  await transaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('scim_token')
      .where(sql<string>`id::text`, '=', id)
      .returning('name')
      .executeTakeFirst();
    if (!gone) throw new Refusal('not_found', 'There is no such token.');
    await record(trx, by, { action: 'DELETE', resource: resourceOf(id), before: { name: gone.name, use: 'SCIM' } });
  });
}

const find = statement<{ id: string; name: string }>(
  'scim.findToken',
  `with touched as (
     update scim_token set last_used_at = now()
     where token_hash = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')
   )
   select id, name from scim_token where token_hash = $1`,
);

/** The directory that holds this token, which may do nothing but SCIM; null for a token that is none. */
export async function directoryOf(db: Db, secret: string): Promise<Actor | null> {
  const [row] = await run(db, find, [digest(secret)]);
  return row ? { kind: 'machine', id: `scim/${row.id}`, label: row.name, roles: [directoryRole], teams: [] } : null;
}
