import { type Actor, checkPassword, Refusal, refuseInvalid } from '@gantry/core';
import { findAccountById, setPasswordHash } from './account-store.ts';
import type { AccountKit } from './kit.ts';
import { digest, hashPassword } from './secret.ts';
import { endSessions } from './session-store.ts';
import type { Place } from './sign-in.ts';

export interface PasswordChange {
  readonly password: string;
  readonly currentPassword?: string | undefined;
  /** The secret of the session that asks: the only one that goes on. */
  readonly session: string | undefined;
}

/**
 * Sets the password of whoever is signed in.
 * @throws Refusal `forbidden` for whoever has none of their own, `invalid_request`, `unauthorized`, `too_many_requests`
 */
export async function changePassword(
  kit: AccountKit,
  actor: Actor,
  change: PasswordChange,
  place: Place,
): Promise<void> {
  const { db } = kit.entities;
  const account = actor.kind === 'user' ? await findAccountById(db, actor.id) : null;
  if (!account) throw new Refusal('forbidden', 'Only people who are signed in have a password.');
  if (kit.settings.adminPassword !== undefined && account.email === kit.settings.adminEmail) {
    throw new Refusal(
      'forbidden',
      'This password is in the settings. Change GANTRY_ADMIN_PASSWORD and restart Gantry.',
    );
  }
  const { password, currentPassword } = change;
  const problems = checkPassword(password);
  if (account.passwordHash !== null && currentPassword === undefined) {
    problems.push({ path: 'currentPassword', message: 'is missing', remedy: 'send the password you have now' });
  }
  if (problems.length > 0) throw refuseInvalid(problems);
  if (account.passwordHash !== null) await kit.signIn.confirmPassword(account, currentPassword ?? '', place);
  await setPasswordHash(db, account.id, await hashPassword(password));
  await endSessions(db, account.id, change.session === undefined ? undefined : digest(change.session));
}
