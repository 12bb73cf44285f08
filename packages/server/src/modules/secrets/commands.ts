import { type Actor, Refusal } from '@gantry/core';
import { record } from '../../audit/record.ts';
import { type Db, transaction } from '../../db/pool.ts';
import type { KeySource } from './key-source.ts';
import { insertSecret, type KnownSecret, lockSecret, removeSecret, updateSecret } from './store.ts';

export interface SecretKit {
  readonly db: Db;
  readonly keys: KeySource;
}

export interface NewSecret {
  readonly secretName: string;
  readonly secretValue: string;
  readonly description?: string | undefined;
}

/** Keeps a secret. @throws Refusal `already_exists`, `unavailable` when there is no key */
export async function createSecret({ db, keys }: SecretKit, input: NewSecret, actor: Actor): Promise<KnownSecret> {
  const { secretName: name, secretValue, description } = input;
  const value = (await keys.ring()).seal(secretValue, { name, version: 1 });
  return transaction(db, async (trx) => {
    const row = { name, description: description || null, value };
    const stored = await insertSecret(trx, row, { at: new Date(), by: actor.id });
    if (!stored) {
      const message = `There is a secret \`${name}\` already. Change it with PATCH, or choose another name.`;
      throw new Refusal('already_exists', message);
    }
    await record(trx, actor, { action: 'CREATE', resource: resourceOf(name), after: shown(stored) });
    return stored;
  });
}

export interface SecretChange {
  readonly secretValue?: string | undefined;
  /** Empty clears it. */
  readonly description?: string | undefined;
}

/** Replaces the value, the description, or both. @throws Refusal `not_found`, `unavailable` when there is no key */
export async function changeSecret(
  { db, keys }: SecretKit,
  name: string,
  { secretValue, description }: SecretChange,
  actor: Actor,
): Promise<KnownSecret> {
  const ring = secretValue === undefined ? undefined : await keys.ring();
  return transaction(db, async (trx) => {
    const before = (await lockSecret(trx, name)) ?? refuseUnknown(name);
    const wanted = description === undefined ? before.description : description || null;
    if (secretValue === undefined && wanted === before.description) return before;
    const version = before.version + (secretValue === undefined ? 0 : 1);
    const value = secretValue === undefined ? undefined : ring?.seal(secretValue, { name, version });
    const change = { description: wanted, version, value };
    const after = await updateSecret(trx, name, change, { at: new Date(), by: actor.id });
    const sides = { before: shown(before), after: shown(after) };
    const message = value ? 'The value was replaced.' : undefined;
    await record(trx, actor, { action: 'UPDATE', resource: resourceOf(name), ...sides, message });
    return after;
  });
}

/** @throws Refusal `not_found` */
export async function deleteSecret({ db }: SecretKit, name: string, actor: Actor): Promise<void> {
  await transaction(db, async (trx) => {
    const gone = (await removeSecret(trx, name)) ?? refuseUnknown(name);
    await record(trx, actor, { action: 'DELETE', resource: resourceOf(name), before: shown(gone) });
  });
}

export function refuseUnknown(name: string): never {
  throw new Refusal('not_found', `There is no secret \`${name}\`. Check its spelling, upper and lower case included.`);
}

const resourceOf = (name: string) => ({ type: 'secret', identifier: name }) as const;

/** What the audit log shows: that there is another value is told by its version. */
const shown = ({ description, version }: KnownSecret) => ({ description, version });
