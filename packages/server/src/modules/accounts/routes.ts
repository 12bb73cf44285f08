import { createAccessToken, createSession, deleteSession, getSession } from '@gantry/contract';
import { type Actor, can, permissions } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { SESSION_SECONDS, type SignIn } from './sign-in.ts';
import { TOKEN_SECONDS, type Tokens } from './tokens.ts';

export interface AccountRoutesOptions {
  readonly db: Db;
  readonly signIn: SignIn;
  readonly tokens: Tokens;
  readonly version: string;
  /** The cookie is marked Secure when people come by HTTPS. */
  readonly isSecure: boolean;
  readonly passwordSignIn: boolean;
}

export function accountRoutes(options: AccountRoutesOptions): ServedRoute[] {
  const { signIn, tokens } = options;
  const cookie = (secret: string, maxAge: number) => ({
    'set-cookie': sessionCookie(secret, maxAge, options.isSecure),
  });
  return [
    serve(createAccessToken, async ({ body, remoteAddress }) => {
      const actor = await signIn.asMachine(body.clientId, body.clientSecret, remoteAddress);
      const accessToken = await tokens.issue(actor);
      return answer({ accessToken, expiresIn: TOKEN_SECONDS, tokenType: 'Bearer' });
    }),
    serve(getSession, async (call) => answer({ session: await describeSession(nullable(call), options) })),
    serve(createSession, async ({ body, remoteAddress }) => {
      const { actor, secret } =
        'token' in body
          ? await signIn.withLink(body.token, remoteAddress)
          : await signIn.withPassword(body.email, body.password, remoteAddress);
      const session = await describeSession(actor, options);
      return answer({ session }, { headers: cookie(secret, SESSION_SECONDS) });
    }),
    serve(deleteSession, async ({ cookies }) => {
      const secret = cookies[SESSION_COOKIE];
      if (secret) await signIn.close(secret);
      return answer({}, { headers: cookie('', 0) });
    }),
  ];
}

/** The `set-cookie` that gives a browser its session; an empty secret for no time at all takes it away. */
export function sessionCookie(secret: string, maxAge: number, isSecure: boolean): string {
  return `${SESSION_COOKIE}=${secret}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

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
