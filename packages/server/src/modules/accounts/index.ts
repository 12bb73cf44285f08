import type { Actor } from '@gantry/core';
import type { AuditBuffer } from '../../audit/audit-buffer.ts';
import type { Db } from '../../db/pool.ts';
import type { Authority } from '../../http/authenticate.ts';
import type { CallContext } from '../../http/serve.ts';
import type { EntityKit } from '../entities/index.ts';
import type { Module } from '../module.ts';
import { forgetDeletedPeople } from './account-store.ts';
import { admit } from './admit.ts';
import { appRoutes } from './app-routes.ts';
import { type CliCredential, writeCliCredential } from './cli-credential.ts';
import { putCredential } from './credential-store.ts';
import { Devices } from './device.ts';
import { ensureAdmin, offerSignInLink } from './first-account.ts';
import type { AccountKit, AccountSettings } from './kit.ts';
import { Machines } from './machines.ts';
import { ORGANIZATION_ID } from './organization-id.ts';
import { personCalled, personOfSession, personOfToken } from './person-query.ts';
import { accountRoutes } from './routes.ts';
import { digest, newSecret } from './secret.ts';
import { sessionRoutes } from './session-routes.ts';
import { sharedSecret } from './shared-secret.ts';
import { SignIn } from './sign-in.ts';
import { TOKEN_PREFIX } from './token-prefix.ts';
import { tokenRoutes } from './token-routes.ts';
import { Tokens } from './tokens.ts';

export { AttemptLimit } from './attempt-limit.ts';
export type { CliCredential } from './cli-credential.ts';
export { accountKeeper } from './keeper.ts';
export type { AccountSettings } from './kit.ts';

export interface AccountsModule extends Module {
  readonly authority: Authority;
  /** The person with this e-mail address as they act when they sign in; null when there is none. */
  readonly personCalled: (email: string) => Promise<Actor | null>;
  /**
   * Lets the person with this `_user` entity in, who has proven elsewhere who they are; the session their browser comes
   * with ends. @returns the `set-cookie`s for it; null when they are not active
   */
  admit(entityId: string, email: string, call: CallContext): Promise<readonly string[] | null>;
  /** A secret of this name that all processes share, 32 bytes in base64url; made when it is first asked for. */
  sharedSecret(name: string): Promise<string>;
  /** Token of a one-time link for the administrator; null when they can get in without. */
  offerSignInLink(): Promise<string | null>;
  /** Makes the command line's credential for a Gantry that listens at `url`. */
  writeCliCredential(dataDir: string, url: string): Promise<CliCredential>;
}

/** Who may enter: people by password, link, session and token; machines by their credentials. The database must be migrated. */
export async function accountsModule(
  entities: EntityKit,
  settings: AccountSettings,
  version: string,
  audit: AuditBuffer,
): Promise<AccountsModule> {
  const { db } = entities;
  const devices = new Devices(await sharedSecret(db, 'device-cookie-key', newSecret));
  const tokens = new Tokens(await sharedSecret(db, 'token-signing-key', newSecret));
  const machines = new Machines(db);
  const signIn = new SignIn(entities, devices);
  const kit: AccountKit = { entities, settings, version, audit, signIn, devices, machines, tokens };
  return {
    routes: [...accountRoutes(kit), ...sessionRoutes(kit), ...tokenRoutes(kit), ...appRoutes(kit)],
    listeners: [{ name: 'accounts.forget', hears: ['entities.deleted'], handle: () => forgetDeletedPeople(db) }],
    prepare: () => prepare(kit),
    authority: {
      ofToken: (token) => actorOfToken(kit, token),
      ofSession: (secret) => personOfSession(db, digest(secret)),
      called: (person) => personCalled(db, person),
    },
    personCalled: (email) => personCalled(db, email),
    admit: (entityId, email, call) => admit(kit, entityId, email, call),
    sharedSecret: (name) => sharedSecret(db, name, newSecret),
    offerSignInLink: () => offerSignInLink(entities, settings.adminEmail),
    writeCliCredential: (dataDir, url) => writeCliCredential(db, dataDir, url),
  };
}

async function actorOfToken({ entities, tokens, machines }: AccountKit, token: string): Promise<Actor | null> {
  if (token.startsWith(TOKEN_PREFIX)) return personOfToken(entities.db, digest(token));
  const claims = await tokens.verify(token);
  return claims && machines.actorOf(claims.clientId, claims.generation);
}

async function prepare({ entities, settings }: AccountKit): Promise<void> {
  const { adminEmail, adminPassword, clientId, clientSecret } = settings;
  await ensureOrganization(entities.db);
  await ensureAdmin(entities, adminEmail, adminPassword);
  if (clientId === undefined || clientSecret === undefined) return;
  await putCredential(entities.db, {
    ...{ clientId, label: clientId, roles: ['Admin'], keptBy: 'settings' },
    secretHash: digest(clientSecret),
  });
}

async function ensureOrganization(db: Db): Promise<void> {
  await db
    .insertInto('organization')
    .values({ id: ORGANIZATION_ID, name: 'My organization', settings: '{}', announcement: '{}' })
    .onConflict((at) => at.column('id').doNothing())
    .execute();
}
