import type { Actor } from '@gantry/core';
import type { AuditBuffer } from '../../audit/audit-buffer.ts';
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
import { accountRoutes } from './routes.ts';
import { newSecret } from './secret.ts';
import { SignIn } from './sign-in.ts';
import { sharedSecret } from './store.ts';
import { Tokens } from './tokens.ts';

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
  /** The person with this e-mail address as they act when they sign in; null when there is none. */
  readonly personCalled: (email: string) => Promise<Actor | null>;
  /** Token of a one-time link for the administrator; null when they can get in without. */
  offerSignInLink(): Promise<string | null>;
  /** Makes the command line's credential for a Gantry that listens at `url`. */
  writeCliCredential(dataDir: string, url: string): Promise<CliCredential>;
}

/** Who may enter: administrators and machines of the settings, sessions, tokens. The database must be migrated. */
export async function accountsModule(
  db: Db,
  settings: AccountSettings,
  version: string,
  audit: AuditBuffer,
): Promise<AccountsModule> {
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
    routes: accountRoutes({ db, signIn, tokens, audit, version, isSecure, passwordSignIn }),
    authority: {
      ofToken: (token) => tokens.verify(token),
      ofSession: (secret) => signIn.actorOfSession(secret),
    },
    personCalled: (email) => signIn.personCalled(email),
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
