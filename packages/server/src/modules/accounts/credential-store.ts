import type { Role } from '@gantry/core';
import { sql } from 'kysely';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/** A client id and what stands behind it. */
export interface Credential {
  readonly clientId: string;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly secretHash: string;
  /** Set for the pair of a person, who then acts with their own roles. */
  readonly accountId: string | null;
  readonly enabled: boolean;
  /** Counts the secrets; a token of an earlier one is void. */
  readonly generation: number;
}

const find = statement<Credential>(
  'credential.find',
  `with touched as (
     update machine_credential set last_used_at = now()
     where client_id = $1 and $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')
   )
   select client_id as "clientId", label, roles, secret_hash as "secretHash", account_id as "accountId", enabled, generation
   from machine_credential where client_id = $1`,
);

/** `inUse` notes that it is used, at most once a minute. */
export async function findCredential(db: Queries, clientId: string, inUse: boolean): Promise<Credential | null> {
  const [credential] = await run(db, find, [clientId, inUse]);
  return credential ?? null;
}

export interface NewCredential {
  readonly clientId: string;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly secretHash: string;
  readonly keptBy: 'api' | 'settings' | 'cli';
}

/** Makes a credential, or gives the one with this id another secret; the same secret leaves its tokens valid. */
export async function putCredential(db: Queries, credential: NewCredential): Promise<void> {
  const { clientId, label, roles, secretHash, keptBy } = credential;
  await db
    .insertInto('machine_credential')
    .values({
      client_id: clientId,
      label,
      roles: [...roles],
      secret_hash: secretHash,
      kept_by: keptBy,
    })
    .onConflict((at) =>
      at.column('client_id').doUpdateSet({
        label,
        roles: [...roles],
        secret_hash: secretHash,
        kept_by: keptBy,
        account_id: null,
        updated_at: sql<Date>`now()`,
        generation: sql<number>`machine_credential.generation
          + case when machine_credential.secret_hash = excluded.secret_hash then 0 else 1 end`,
      }),
    )
    .execute();
}

const rotatePair = statement<{ client_id: string }>(
  'credential.rotatePair',
  `with former as (delete from machine_credential where account_id = $1 and client_id <> $2)
   insert into machine_credential (client_id, label, roles, secret_hash, account_id) values ($2, $2, '{}', $3, $1)
   on conflict (client_id) do update
   set secret_hash = excluded.secret_hash, generation = machine_credential.generation + 1, updated_at = now()
   where machine_credential.account_id = excluded.account_id
   returning client_id`,
);

/** Gives an account the one pair that speaks for it, named after its person. @returns false when the name is another's */
export async function putPair(db: Queries, accountId: string, person: string, secretHash: string): Promise<boolean> {
  return (await run(db, rotatePair, [accountId, person, secretHash])).length > 0;
}
