import { type Actor, normalEmail } from '@gantry/core';
import { type AuditEntry, record } from '../../audit/record.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import type { CallContext } from '../../http/serve.ts';
import { ensureAccount } from './account-store.ts';
import { placeOf, sessionCookies } from './cookies.ts';
import type { AccountKit } from './kit.ts';
import { digest } from './secret.ts';
import { removeSession } from './session-store.ts';

/**
 * Opens a session for the person with this `_user` entity, proven by somebody else, and gives them an account if they
 * have none. @returns the `set-cookie`s for their browser; null when they are not active
 */
export async function admit(
  kit: AccountKit,
  entityId: string,
  email: string,
  call: CallContext,
): Promise<readonly string[] | null> {
  const address = normalEmail(email);
  const id = await ensureAccount(kit.entities.db, entityId, address);
  const open = await kit.signIn.open({ id, email: address }, placeOf(call));
  if (!open) return null;
  await leave(kit, call);
  await record(kit.entities.db, open.actor, signedIn(open.actor));
  return sessionCookies(kit, open);
}

/** Ends the session the browser comes with, if any. */
export async function leave({ entities }: AccountKit, { cookies }: CallContext): Promise<void> {
  const secret = cookies[SESSION_COOKIE];
  if (secret) await removeSession(entities.db, digest(secret));
}

/** That somebody got in, for the audit log. */
export const signedIn = (actor: Actor): AuditEntry => ({
  action: 'CREATE',
  resource: sessionOf(actor),
  message: 'Signed in.',
});

export const sessionOf = ({ label }: Actor) => ({ type: 'session', identifier: label }) as const;
