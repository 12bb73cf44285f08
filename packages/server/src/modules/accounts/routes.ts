import { createAccessToken, createSession, deleteSession, getSession, putPassword } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { type AuditEntry, record } from '../../audit/record.ts';
import { currentTrail } from '../../audit/trail.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { leave, sessionOf, signedIn } from './admit.ts';
import { changePassword } from './change-password.ts';
import { endOfSession, placeOf, sessionCookies } from './cookies.ts';
import { describeSession } from './describe-session.ts';
import type { AccountKit } from './kit.ts';
import { TOKEN_SECONDS } from './tokens.ts';

/** Signing in and out. */
export function accountRoutes(kit: AccountKit): ServedRoute[] {
  const { signIn, tokens, audit } = kit;
  const { db } = kit.entities;
  return [
    serve(createAccessToken, async ({ body, remoteAddress }) => {
      const { credential, actor } = await signIn.withCredential(body.clientId, body.clientSecret, remoteAddress);
      const accessToken = await tokens.issue(credential);
      // Some programs do this before every call: nothing they have to wait for.
      audit.note({ actor, entry: signedIn(actor), trail: currentTrail(), at: new Date() });
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
      await leave(kit, call);
      await record(db, open.actor, signedIn(open.actor));
      const session = await describeSession(open.actor, kit);
      return answer({ session }, { headers: { 'set-cookie': sessionCookies(kit, open) } });
    }),
    serve(deleteSession, async (call) => {
      const actor = nullable(call);
      await leave(kit, call);
      if (call.cookies[SESSION_COOKIE] && actor) await record(db, actor, signedOut(actor));
      return answer({}, { headers: { 'set-cookie': endOfSession(kit) } });
    }),
    serve(putPassword, async (call) => {
      const { actor } = call;
      await changePassword(kit, actor, { ...call.body, session: call.cookies[SESSION_COOKIE] }, placeOf(call));
      return answer({});
    }),
  ];
}

const signedOut = (actor: Actor): AuditEntry => ({
  action: 'DELETE',
  resource: sessionOf(actor),
  message: 'Signed out.',
});

/** Public routes are reached without an actor, too. */
const nullable = (call: CallContext): Actor | null => call.actor;
