import { createAccessToken, createSession, deleteSession, getSession, putPassword } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { type AuditEntry, type KnownActor, record } from '../../audit/record.ts';
import { currentTrail } from '../../audit/trail.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { changePassword } from './change-password.ts';
import { endOfSession, placeOf, sessionCookies } from './cookies.ts';
import { describeSession } from './describe-session.ts';
import type { AccountKit } from './kit.ts';
import { digest } from './secret.ts';
import { removeSession } from './session-store.ts';
import { TOKEN_SECONDS } from './tokens.ts';

/** Signing in and out. */
export function accountRoutes(kit: AccountKit): ServedRoute[] {
  const { signIn, tokens } = kit;
  const close = async ({ cookies }: CallContext) => {
    const secret = cookies[SESSION_COOKIE];
    if (secret) await removeSession(kit.entities.db, digest(secret));
  };
  return [
    serve(createAccessToken, async ({ body, remoteAddress }) => {
      const credential = await signIn.withCredential(body.clientId, body.clientSecret, remoteAddress);
      const accessToken = await tokens.issue(credential);
      const actor = { kind: 'machine', id: credential.clientId, label: credential.label } as const;
      // Some programs do this before every call: nothing they have to wait for.
      kit.audit.note({ actor, entry: signedIn(actor), trail: currentTrail(), at: new Date() });
      return answer({ accessToken, expiresIn: TOKEN_SECONDS, tokenType: 'Bearer' });
    }),
    serve(getSession, async (call) => answer({ session: await describeSession(nullable(call), kit) })),
    serve(createSession, async (call) => {
      const { body } = call;
      const place = placeOf(call);
      const open =
        'token' in body
          ? await signIn.withLink(body.token, place)
          : await signIn.withPassword(body.email, body.password, place);
      await close(call);
      await record(kit.entities.db, open.actor, signedIn(open.actor));
      const session = await describeSession(open.actor, kit);
      return answer({ session }, { headers: { 'set-cookie': sessionCookies(kit, open) } });
    }),
    serve(deleteSession, async (call) => {
      await close(call);
      const actor = nullable(call);
      if (actor && call.cookies[SESSION_COOKIE]) await record(kit.entities.db, actor, signedOut(actor));
      return answer({}, { headers: { 'set-cookie': endOfSession(kit) } });
    }),
    serve(putPassword, async (call) => {
      await changePassword(kit, call.actor, { ...call.body, session: call.cookies[SESSION_COOKIE] }, placeOf(call));
      return answer({});
    }),
  ];
}

const sessionOf = ({ label }: KnownActor) => ({ type: 'session', identifier: label }) as const;
const signedIn = (actor: KnownActor): AuditEntry => ({
  action: 'CREATE',
  resource: sessionOf(actor),
  message: 'Signed in.',
});
const signedOut = (actor: KnownActor): AuditEntry => ({
  action: 'DELETE',
  resource: sessionOf(actor),
  message: 'Signed out.',
});

/** Public routes are reached without an actor, too. */
const nullable = (call: CallContext): Actor | null => call.actor;
