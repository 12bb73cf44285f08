import type { Db } from '../../db/pool.ts';
import type { Authority } from '../../http/authenticate.ts';
import type { Module } from '../module.ts';
import {
  type CliCredential,
  ensureAdmin,
  ensureMachine,
  offerSignInLink,
  writeCliCredential,
} from './first-account.ts';
import { ORGANIZATION_ID } from './organization-id.ts';
import { accountRoutes, sessionCookie } from './routes.ts';
import { newSecret } from './secret.ts';
import { SESSION_SECONDS, SignIn } from './sign-in.ts';
import { sharedSecret } from './store.ts';
import { Tokens } from './tokens.ts';

export { AttemptLimit } from './attempt-limit.ts';
export type { CliCredential } from './first-account.ts';

export interface AccountSettings {
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly baseUrl: string | undefined;
}

export interface AccountsModule extends Module {
  readonly authority: Authority;
  /** Cookies are marked Secure, because people come by HTTPS. */
  readonly isSecure: boolean;
  /** A secret of this name that all processes share, 32 bytes in base64url; made when it is first asked for. */
  sharedSecret(name: string): Promise<string>;
  /**
   * Opens a session for somebody who has proven elsewhere who they are, and ends the one with the secret `leaving`. A
   * role of null leaves theirs as it is. @returns the `set-cookie` for their browser
   */
  admit(email: string, role: 'Admin' | 'Member' | null, leaving: string | undefined): Promise<string>;
  /** Token of a one-time link for the administrator; null when they can get in without. */
  offerSignInLink(): Promise<string | null>;
  /** Makes the command line's credential for a Gantry that listens at `url`. */
  writeCliCredential(dataDir: string, url: string): Promise<CliCredential>;
}

/** Who may enter: administrators and machines of the settings, sessions, tokens. The database must be migrated. */
export async function accountsModule(db: Db, settings: AccountSettings, version: string): Promise<AccountsModule> {
  await ensureOrganization(db);
  await ensureAdmin(db, settings.adminEmail, settings.adminPassword);
  if (settings.clientId !== undefined && settings.clientSecret !== undefined) {
    await ensureMachine(db, settings.clientId, settings.clientSecret);
  }
  const tokens = new Tokens(await sharedSecret(db, 'token-signing-key', newSecret));
  const signIn = new SignIn(db);
  const passwordSignIn = settings.adminPassword !== undefined;
  const isSecure = settings.baseUrl?.startsWith('https:') ?? false;
  return {
    isSecure,
    sharedSecret: (name) => sharedSecret(db, name, newSecret),
    async admit(email, role, leaving) {
      if (leaving) await signIn.close(leaving);
      const { secret } = await signIn.asProven(email, role);
      return sessionCookie(secret, SESSION_SECONDS, isSecure);
    },
    routes: accountRoutes({ db, signIn, tokens, version, isSecure, passwordSignIn }),
    authority: {
      ofToken: (token) => tokens.verify(token),
      ofSession: (secret) => signIn.actorOfSession(secret),
    },
    offerSignInLink: () => offerSignInLink(db, settings.adminEmail),
    writeCliCredential: (dataDir, url) => writeCliCredential(db, dataDir, url),
  };
}

async function ensureOrganization(db: Db): Promise<void> {
  await db
    .insertInto('organization')
    .values({ id: ORGANIZATION_ID, name: 'My organization', settings: '{}', announcement: '{}' })
    .onConflict((at) => at.column('id').doNothing())
    .execute();
}
