import { createAccessToken, createSession, deleteSession, getSession } from '@gantry/contract';
import { type Actor, can, permissions } from '@gantry/core';
import type { AuditBuffer } from '../../audit/audit-buffer.ts';
import { type AuditEntry, record } from '../../audit/record.ts';
import { currentTrail } from '../../audit/trail.ts';
import type { Db } from '../../db/pool.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { SESSION_SECONDS, type SignIn } from './sign-in.ts';
import { TOKEN_SECONDS, type Tokens } from './tokens.ts';

export interface AccountRoutesOptions {
  readonly db: Db;
  readonly signIn: SignIn;
  readonly tokens: Tokens;
  readonly audit: AuditBuffer;
  readonly version: string;
  /** The cookie is marked Secure when people come by HTTPS. */
  readonly isSecure: boolean;
  readonly passwordSignIn: boolean;
}

export function accountRoutes(options: AccountRoutesOptions): ServedRoute[] {
  const { db, signIn, tokens, audit } = options;
  const cookie = (secret: string, maxAge: number) => ({
    'set-cookie': `${SESSION_COOKIE}=${secret}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${options.isSecure ? '; Secure' : ''}`,
  });
  return [
    serve(createAccessToken, async ({ body, remoteAddress }) => {
      const actor = await signIn.asMachine(body.clientId, body.clientSecret, remoteAddress);
      const accessToken = await tokens.issue(actor);
      // Some programs do this before every call: nothing they have to wait for.
      audit.note({ actor, entry: signedIn(actor), trail: currentTrail(), at: new Date() });
      return answer({ accessToken, expiresIn: TOKEN_SECONDS, tokenType: 'Bearer' });
    }),
    serve(getSession, async (call) => answer({ session: await describeSession(nullable(call), options) })),
    serve(createSession, async ({ body, remoteAddress }) => {
      const { actor, secret } =
        'token' in body
          ? await signIn.withLink(body.token, remoteAddress)
          : await signIn.withPassword(body.email, body.password, remoteAddress);
      await record(db, actor, signedIn(actor));
      const session = await describeSession(actor, options);
      return answer({ session }, { headers: cookie(secret, SESSION_SECONDS) });
    }),
    serve(deleteSession, async (call) => {
      const secret = call.cookies[SESSION_COOKIE];
      const actor = nullable(call);
      if (secret) await signIn.close(secret);
      if (secret && actor) await record(db, actor, signedOut(actor));
      return answer({}, { headers: cookie('', 0) });
    }),
  ];
}

const sessionOf = ({ label }: Actor) => ({ type: 'session', identifier: label }) as const;
const signedIn = (actor: Actor): AuditEntry => ({
  action: 'CREATE',
  resource: sessionOf(actor),
  message: 'Signed in.',
});
const signedOut = (actor: Actor): AuditEntry => ({
  action: 'DELETE',
  resource: sessionOf(actor),
  message: 'Signed out.',
});

/** Public routes are reached without an actor, too. */
const nullable = (call: CallContext): Actor | null => call.actor;

async function describeSession(actor: Actor | null, { db, version, passwordSignIn }: AccountRoutesOptions) {
  const organization = await db
    .selectFrom('organization')
    .select((row) => [
      'id',
      'name',
      'set_up_at',
      row.exists(row.selectFrom('entity').select('id').limit(1)).as('has_entities'),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...(actor
      ? {
          actor: {
            id: actor.id,
            label: actor.label,
            kind: actor.kind === 'user' ? ('user' as const) : ('machine' as const),
            roles: [...actor.roles],
          },
        }
      : {}),
    abilities: permissions.filter((permission) => can(actor, permission).allowed),
    organization: { id: organization.id, name: organization.name },
    firstRun: organization.set_up_at === null && !organization.has_entities,
    passwordSignIn,
    version,
  };
}
