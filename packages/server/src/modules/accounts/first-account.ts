import type { Actor } from '@gantry/core';
import { type EntityKit, putEntities } from '../entities/index.ts';
import {
  accountsWithoutPerson,
  addSignInLink,
  ensureAccount,
  findAccount,
  hasAdmin,
  setPasswordHash,
} from './account-store.ts';
import { digest, hashPassword, isPassword, newSecret } from './secret.ts';
import { hasOpenSession } from './session-store.ts';

const LINK_HOURS = 24;

const gantry: Actor = { kind: 'system', id: 'gantry', label: 'Gantry', roles: [], teams: [] };

/**
 * Makes sure of the administrator the settings name, with the password they give. An administrator they remain as long
 * as nobody else is one; what another administrator makes of them stays.
 */
export async function ensureAdmin(kit: EntityKit, email: string, password: string | undefined): Promise<void> {
  for (const earlier of await accountsWithoutPerson(kit.db)) await putAdmin(kit, earlier);
  const known = await findAccount(kit.db, email);
  if (known?.person == null || !(await hasAdmin(kit.db))) await putAdmin(kit, email);
  if (password === undefined) return;
  const account = await findAccount(kit.db, email);
  if (!account || (account.passwordHash && (await isPassword(password, account.passwordHash)))) return;
  await setPasswordHash(kit.db, account.id, await hashPassword(password));
}

async function putAdmin(kit: EntityKit, email: string): Promise<void> {
  const person = (await findAccount(kit.db, email))?.person ?? email;
  const input = { identifier: person, properties: { status: 'Active', port_role: 'Admin', port_type: 'Standard' } };
  const [outcome] = await putEntities(kit, [{ blueprint: '_user', mode: 'merge', input }], {
    actor: gantry,
    origin: { kind: gantry.kind, key: gantry.id, label: gantry.label },
    datasource: '',
    dangling: 'refuse',
  });
  if (!outcome?.ok) throw outcome?.refusal ?? new Error('One write has one outcome.');
  await ensureAccount(kit.db, outcome.id, email);
}

/**
 * The token of a fresh one-time link for the administrator; null when a password or an open session lets them in
 * already. An earlier unused link stops working.
 */
export async function offerSignInLink({ db }: Pick<EntityKit, 'db'>, email: string): Promise<string | null> {
  const account = await findAccount(db, email);
  if (!account || account.passwordHash !== null || (await hasOpenSession(db, account.id))) return null;
  return (await issueLink(db, account.id, LINK_HOURS)).token;
}

/** A one-time link that opens a session for this account within so many hours; an earlier one ends. */
export async function issueLink(
  db: EntityKit['db'],
  accountId: string,
  hours: number,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecret();
  const expiresAt = new Date(Date.now() + hours * 60 * 60 * 1000);
  await addSignInLink(db, accountId, digest(token), expiresAt);
  return { token, expiresAt };
}
