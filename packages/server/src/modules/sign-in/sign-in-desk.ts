import { randomUUID } from 'node:crypto';
import { type Actor, type Claims, localPath, type MappedPerson, mapClaims } from '@gantry/core';
import type { Logger } from 'pino';
import type { CallContext } from '../../http/serve.ts';
import { AttemptLimit } from '../accounts/index.ts';
import type { EntityKit } from '../entities/index.ts';
import { SignInFailure } from './failure.ts';
import type { Flow, FlowCookies } from './flow.ts';
import { settlePerson } from './people.ts';
import { newProof } from './provider/open-id-provider.ts';
import type { KnownProvider, Providers } from './providers.ts';
import { type AttemptFacts, addAttempt } from './store.ts';

/** The longest page address that is remembered while somebody is away at the provider: cookies hold 4 KB. */
const LONGEST_RETURN = 1500;
const PAGE = '/sign-in';
const TRIAL_DONE = '/sign-in/done';

export interface DeskOptions {
  readonly kit: EntityKit;
  readonly providers: Providers;
  readonly flows: FlowCookies;
  readonly log: Logger;
  /** Lets the person with this entity in. @returns the `set-cookie`s of their session; null when they are not active */
  readonly admit: (entityId: string, email: string, call: CallContext) => Promise<readonly string[] | null>;
}

/** Where the browser goes next, and the cookies it takes along. */
export interface Redirect {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** The call of a browser that wants to go to a provider, and afterwards on to a page. */
export interface Departure extends CallContext {
  readonly query: { readonly to?: string };
}

/** The call of a browser that came back from a provider, with what the provider made it say. */
export interface Return extends CallContext {
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** Takes people to their identity provider and receives them when they come back. Every outcome is a page to go to. */
export class SignInDesk {
  readonly #options: DeskOptions;
  readonly #limit = new AttemptLimit();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** To a provider that is switched on. @throws Refusal `too_many_requests` */
  async begin(id: string, redirectUri: string, { query: { to }, remoteAddress }: Departure): Promise<Redirect> {
    const provider = await this.#options.providers.find(id);
    if (!provider?.enabled) return redirect(PAGE, { problem: 'gone', to });
    const page = localPath(to).length > LONGEST_RETURN ? '/' : localPath(to);
    return this.#limited(remoteAddress, () => this.#leave(provider, { redirectUri, to: page, tester: null }));
  }

  /** To any provider, to see what it says of this administrator. @throws Refusal `not_found` */
  async tryOut(id: string, redirectUri: string, tester: Actor): Promise<Redirect> {
    const provider = await this.#options.providers.get(id);
    return this.#leave(provider, { redirectUri, to: TRIAL_DONE, tester: tester.id });
  }

  /** @throws Refusal `too_many_requests` */
  async receive(id: string, call: Return): Promise<Redirect> {
    const { providers, flows } = this.#options;
    const provider = await providers.find(id);
    const flow = await flows.find(call.cookies, id, call.query.state);
    const isTester = !flow?.tester || flow.tester === nullable(call)?.id;
    if (!provider || !flow || !isTester) return redirect(PAGE, { problem: 'lost', provider: id });
    if (!provider.enabled && !flow.tester) return redirect(PAGE, { problem: 'gone', to: flow.to });
    const onward = await this.#limited(call.remoteAddress, () => this.#finish(provider, flow, call));
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

  async #finish(provider: KnownProvider, flow: Flow, call: Return): Promise<Redirect> {
    let claims: Claims | undefined;
    try {
      claims = await provider.openId.claims(addressOf(flow, call.query), flow);
      const mapped = mapClaims(provider.mapping, claims);
      if (!mapped.allowed) throw new SignInFailure('not_allowed', { problems: mapped.problems });
      if (flow.tester === null) return { location: flow.to, cookies: await this.#admit(provider, mapped.person, call) };
      await this.#record(provider, flow.tester, { claims });
      return { location: TRIAL_DONE, cookies: [] };
    } catch (error) {
      return this.#refuse(provider, flow, error, claims);
    }
  }

  async #admit(provider: KnownProvider, person: MappedPerson, call: Return): Promise<readonly string[]> {
    const { kit, admit } = this.#options;
    const cookies = await admit(await settlePerson(kit, provider, person), person.email, call);
    if (cookies === null) throw new SignInFailure('disabled');
    return cookies;
  }

  /** Writes the failure down for administrators and sends the person to the page that tells them about it. */
  async #refuse(
    provider: KnownProvider,
    flow: Pick<Flow, 'to' | 'tester'>,
    error: unknown,
    claims?: Claims,
  ): Promise<Redirect> {
    if (!(error instanceof SignInFailure)) throw error;
    const { reason, detail, problems } = error;
    const reference = await this.#record(provider, flow.tester, { reason, detail, problems, claims });
    const { id } = provider.setting;
    this.#options.log.warn({ provider: id, reason, detail, reference }, 'a sign-in was refused');
    if (flow.tester !== null) return { location: TRIAL_DONE, cookies: [] };
    return redirect(PAGE, { refusal: reference, to: flow.to });
  }

  async #record({ setting }: KnownProvider, tester: string | null, facts: Partial<AttemptFacts>): Promise<string> {
    const reference = randomUUID();
    await addAttempt(this.#options.kit.db, { reference, provider: setting.id, tester, ...facts });
    return reference;
  }

  /** Each of these asks the provider; whoever only causes failures may do so a hundred times a minute. */
  async #limited(from: string, finish: () => Promise<Redirect>): Promise<Redirect> {
    const attempts = [{ key: `from ${from}`, free: 100 }];
    this.#limit.check(attempts);
    const onward = await finish();
    if (onward.location.startsWith(`${PAGE}?`)) this.#limit.failed(attempts);
    return onward;
  }
}

/** The address the provider called, as it knows it: behind a proxy, ours differs. */
function addressOf(flow: Flow, query: Return['query']): URL {
  const address = new URL(flow.redirectUri);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

function redirect(page: string, query: Readonly<Record<string, string | undefined>>): Redirect {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { location: `${page}?${new URLSearchParams(given)}`, cookies: [] };
}

/** Public routes are reached without an actor, too. */
const nullable = (call: CallContext): Actor | null => call.actor;
