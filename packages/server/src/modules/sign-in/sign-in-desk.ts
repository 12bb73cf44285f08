import { randomUUID } from 'node:crypto';
import { type Actor, localPath, mapClaims, type RefusalReason } from '@gantry/core';
import type { Logger } from 'pino';
import { AttemptLimit } from '../accounts/index.ts';
import type { EntityKit } from '../entities/index.ts';
import { type FailureFacts, SignInFailure } from './failure.ts';
import type { Flow, FlowCookies } from './flow.ts';
import { settlePerson } from './people.ts';
import { newProof } from './provider/open-id-provider.ts';
import type { KnownProvider, Providers } from './providers.ts';
import { addAttempt } from './store.ts';

/** The longest page address that is remembered while somebody is away at the provider: cookies hold 4 KB. */
const LONGEST_RETURN = 1500;
const PAGE = '/sign-in';
const TRIAL_DONE = '/sign-in/done';

export interface DeskOptions {
  readonly kit: EntityKit;
  readonly providers: Providers;
  readonly flows: FlowCookies;
  readonly log: Logger;
  /** Opens a session for whoever this is and ends the one they come with. @returns its `set-cookie` */
  readonly admit: (email: string, role: 'Admin' | 'Member' | null, leaving: string | undefined) => Promise<string>;
}

/** Where the browser goes next, and the cookies it takes along. */
export interface Redirect {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** The browser that came back from a provider. */
export interface Returning {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** Secret of the session it has already. */
  readonly session: string | undefined;
  readonly actor: Actor | null;
  readonly remoteAddress: string;
}

/** Takes people to their identity provider and receives them when they come back. Every outcome is a page to go to. */
export class SignInDesk {
  readonly #options: DeskOptions;
  readonly #limit = new AttemptLimit();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** To a provider that is switched on. */
  async begin(id: string, redirectUri: string, to: string | undefined): Promise<Redirect> {
    const provider = await this.#options.providers.find(id);
    if (!provider?.enabled) return redirect(PAGE, { problem: 'gone', to });
    const page = localPath(to).length > LONGEST_RETURN ? '/' : localPath(to);
    return this.#leave(provider, { redirectUri, to: page, tester: null });
  }

  /** To any provider, to see what it says of this administrator. @throws Refusal `not_found` */
  async tryOut(id: string, redirectUri: string, tester: Actor): Promise<Redirect> {
    const provider = await this.#options.providers.get(id);
    return this.#leave(provider, { redirectUri, to: TRIAL_DONE, tester: tester.id });
  }

  /** @throws Refusal `too_many_requests` */
  async receive(id: string, returning: Returning): Promise<Redirect> {
    const { providers, flows } = this.#options;
    const provider = await providers.find(id);
    const flow = await flows.find(returning.cookies, id, returning.query.state);
    const isTester = !flow?.tester || flow.tester === returning.actor?.id;
    if (!provider || !flow || !isTester) return redirect(PAGE, { problem: 'lost', provider: id });
    if (!provider.enabled && !flow.tester) return redirect(PAGE, { problem: 'gone', to: flow.to });
    const onward = await this.#limited(returning.remoteAddress, () => this.#finish(provider, flow, returning));
    return { ...onward, cookies: [flows.end(flow.state), ...onward.cookies] };
  }

  async #leave(provider: KnownProvider, flow: Pick<Flow, 'redirectUri' | 'to' | 'tester'>): Promise<Redirect> {
    const proof = newProof();
    try {
      const { openId, setting, mapping } = provider;
      const invitation = await openId.invitation(proof, flow.redirectUri, mapping.scopes);
      const cookie = await this.#options.flows.begin({ ...flow, ...proof, provider: setting.id });
      return { location: invitation.href, cookies: [cookie] };
    } catch (error) {
      return this.#refuse(provider, flow, error);
    }
  }

  async #finish(provider: KnownProvider, flow: Flow, { query, session }: Returning): Promise<Redirect> {
    try {
      const claims = await provider.openId.claims(addressOf(flow, query), flow);
      const mapped = mapClaims(provider.mapping, claims);
      if (!mapped.allowed) throw new SignInFailure('not_allowed', { problems: mapped.problems, claims });
      if (flow.tester !== null) {
        await this.#record(provider, flow.tester, null, { claims });
        return { location: TRIAL_DONE, cookies: [] };
      }
      await settlePerson(this.#options.kit, provider, mapped.person).catch((error) => {
        throw error instanceof SignInFailure ? new SignInFailure(error.reason, { claims, cause: error }) : error;
      });
      const cookie = await this.#options.admit(mapped.person.email, mapped.person.role, session);
      return { location: flow.to, cookies: [cookie] };
    } catch (error) {
      return this.#refuse(provider, flow, error);
    }
  }

  /** Writes the failure down for administrators and sends the person to the page that tells them about it. */
  async #refuse(provider: KnownProvider, flow: Pick<Flow, 'to' | 'tester'>, error: unknown): Promise<Redirect> {
    if (!(error instanceof SignInFailure)) throw error;
    const { reason, facts } = error;
    const reference = await this.#record(provider, flow.tester, reason, facts);
    const { id } = provider.setting;
    this.#options.log.warn({ provider: id, reason, detail: facts.detail, reference }, 'a sign-in was refused');
    if (flow.tester !== null) return { location: TRIAL_DONE, cookies: [] };
    return redirect(PAGE, { refusal: reference, to: flow.to });
  }

  async #record(
    { setting }: KnownProvider,
    tester: string | null,
    reason: RefusalReason | null,
    { detail, problems = [], claims }: FailureFacts,
  ): Promise<string> {
    const reference = randomUUID();
    const facts = { reason, detail: detail ?? null, problems, claims: claims ?? null };
    const attempt = { reference, provider: setting.id, tester, ...facts };
    await addAttempt(this.#options.kit.db, attempt);
    return reference;
  }

  /** Each return asks the provider; whoever only causes failures may do so a hundred times a minute. */
  async #limited(from: string, finish: () => Promise<Redirect>): Promise<Redirect> {
    const attempts = [{ key: `from ${from}`, free: 100 }];
    this.#limit.check(attempts);
    const onward = await finish();
    if (onward.location.startsWith(`${PAGE}?`)) this.#limit.failed(attempts);
    return onward;
  }
}

/** The address the provider called, as it knows it: behind a proxy, ours differs. */
function addressOf(flow: Flow, query: Returning['query']): URL {
  const address = new URL(flow.redirectUri);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

function redirect(page: string, query: Readonly<Record<string, string | undefined>>): Redirect {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { location: `${page}?${new URLSearchParams(given)}`, cookies: [] };
}
