import type { Logger } from 'pino';
import type { Outbound } from '../../outbound/index.ts';
import type { ProviderSetting } from '../../provider-settings.ts';
import type { AccountsModule } from '../accounts/index.ts';
import type { EntityKit } from '../entities/index.ts';
import type { Module } from '../module.ts';
import { FlowCookies } from './flow.ts';
import { Providers } from './providers.ts';
import { signInRoutes } from './routes.ts';
import { signInSettingsRoutes } from './settings-routes.ts';
import { SignInDesk } from './sign-in-desk.ts';

export interface SignInOptions {
  readonly entities: EntityKit;
  readonly accounts: AccountsModule;
  readonly settings: readonly ProviderSetting[];
  /** The way out to the providers, and to nobody else inside. */
  readonly outbound: Outbound;
  readonly log: Logger;
  readonly baseUrl: string | undefined;
}

/** Signing in with identity providers, by OpenID Connect. */
export async function signInModule(options: SignInOptions): Promise<Module> {
  const { entities, accounts, settings, outbound, log, baseUrl } = options;
  const { db } = entities;
  const providers = new Providers(db, settings, outbound);
  const isSecure = baseUrl?.startsWith('https:') ?? false;
  const flows = new FlowCookies(await accounts.sharedSecret('sign-in-flow-key'), isSecure);
  const desk = new SignInDesk({ kit: entities, providers, flows, log, admit: accounts.admit });
  return {
    routes: [...signInRoutes({ db, providers, desk, baseUrl }), ...signInSettingsRoutes({ db, providers, baseUrl })],
  };
}
