import { Refusal } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import type { Outbound } from '../../outbound/index.ts';
import type { ProviderSetting } from '../../provider-settings.ts';
import { OpenIdProvider } from './provider/open-id-provider.ts';
import { type ProviderDecision, readDecisions, undecided } from './store.ts';

/** A provider of the settings, and what administrators decided about it. */
export interface KnownProvider extends ProviderDecision {
  readonly setting: ProviderSetting;
  readonly openId: OpenIdProvider;
}

/** The identity providers of the settings. What was decided about them is read anew each time: others may change it. */
export class Providers {
  readonly #db: Db;
  readonly #openIds: readonly OpenIdProvider[];

  constructor(db: Db, settings: readonly ProviderSetting[], outbound: Outbound) {
    this.#db = db;
    this.#openIds = settings.map((setting) => new OpenIdProvider(setting, outbound));
  }

  /** In the order of the settings. */
  async all(): Promise<readonly KnownProvider[]> {
    const decisions = await readDecisions(this.#db);
    return this.#openIds.map((openId) => {
      const { setting } = openId;
      return { setting, openId, ...(decisions.get(setting.id) ?? undecided) };
    });
  }

  async find(id: string): Promise<KnownProvider | null> {
    return (await this.all()).find(({ setting }) => setting.id === id) ?? null;
  }

  /** @throws Refusal `not_found` */
  async get(id: string): Promise<KnownProvider> {
    const found = await this.find(id);
    if (found) return found;
    throw new Refusal(
      'not_found',
      `No identity provider \`${id}\` is set up. GANTRY_OIDC_ISSUER and its kin name them.`,
    );
  }
}
