import { type Actor, Refusal } from '@gantry/core';
import { sql } from 'kysely';
import { record } from '../../audit/record.ts';
import { transaction } from '../../db/pool.ts';
import type { SecretKit } from './commands.ts';
import type { KeyRing } from './key-ring.ts';
import { lockForResealing, resealSecrets, type SecretRow } from './store.ts';

const BATCH = 200;
/** An arbitrary number that every Gantry agrees on: one of them makes a key at a time. */
const ROTATION_LOCK = 7_007_006;

export interface Rotation {
  /** Id of the key that seals from now on. */
  readonly key: string;
  readonly made: boolean;
  readonly reencrypted: number;
  readonly unreadable: readonly string[];
}

/**
 * Seals every secret anew with the newest key. Where Gantry keeps the key itself, that one is made first. Killed at any
 * point, every secret can still be read, and the next rotation does the rest.
 * @throws Refusal `unavailable` when there is no key
 */
export async function rotateKey({ db, keys }: SecretKit, actor: Actor): Promise<Rotation> {
  const ring = await transaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${ROTATION_LOCK})`.execute(trx);
    await keys.own?.renew();
    return keys.ring();
  });
  const unreadable: string[] = [];
  let reencrypted = 0;
  for (let after = ''; ; ) {
    const batch = await resealBatch({ db, keys }, ring, after);
    if (batch.last === undefined) break;
    after = batch.last;
    reencrypted += batch.resealed;
    unreadable.push(...batch.unreadable);
  }
  const rotation = { key: ring.current, made: keys.own !== undefined, reencrypted, unreadable };
  const message = rotation.made ? 'Made a new key and encrypted all secrets with it.' : 'Encrypted all secrets anew.';
  const resource = { type: 'secret', identifier: 'encryption key' } as const;
  await record(db, actor, { action: 'UPDATE', resource, message, after: rotation });
  return rotation;
}

interface Batch {
  /** Name of the last secret looked at; undefined when there was none left. */
  readonly last: string | undefined;
  readonly resealed: number;
  readonly unreadable: readonly string[];
}

async function resealBatch({ db }: SecretKit, ring: KeyRing, after: string): Promise<Batch> {
  return transaction(db, async (trx) => {
    const rows = await lockForResealing(trx, after, ring.current, BATCH);
    const opened = rows.map((row) => ({ row, value: open(ring, row) }));
    const readable = opened.flatMap(({ row: { name, version }, value }) =>
      value === null ? [] : [{ name, value: ring.seal(value, { name, version }) }],
    );
    await resealSecrets(trx, readable);
    return {
      last: rows.at(-1)?.name,
      resealed: readable.length,
      unreadable: opened.flatMap(({ row, value }) => (value === null ? [row.name] : [])),
    };
  });
}

/** The value; null when its key is not at hand. */
function open(ring: KeyRing, { name, version, key_id: keyId, nonce, sealed }: SecretRow): string | null {
  if (!ring.has(keyId)) return null;
  try {
    return ring.open({ keyId, nonce, sealed }, { name, version });
  } catch (cause) {
    const message = `The secret \`${name}\` in the database is not what was encrypted there. Set its value anew, and find out who can write to the database.`;
    throw new Refusal('unavailable', message, { cause });
  }
}
