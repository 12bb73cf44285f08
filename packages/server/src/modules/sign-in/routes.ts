import * as contract from '@gantry/contract';
import { Refusal } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import type { Providers } from './providers.ts';
import type { Redirect, SignInDesk } from './sign-in-desk.ts';
import { findRefusal } from './store.ts';

export interface SignInRoutesOptions {
  readonly db: Db;
  readonly providers: Providers;
  readonly desk: SignInDesk;
  readonly baseUrl: string | undefined;
}

/** What a browser meets on its way to an identity provider and back. */
export function signInRoutes({ db, providers, desk, baseUrl }: SignInRoutesOptions): ServedRoute[] {
  return [
    serve(contract.listProviders, async () => {
      const enabled = (await providers.all()).filter((provider) => provider.enabled);
      return answer({ providers: enabled.map(({ setting: { id, name } }) => ({ id, name })) });
    }),
    serve(contract.beginSignIn, async (call) => {
      const { provider } = call.params;
      return onward(await desk.begin(provider, redirectUri(provider, call.headers, baseUrl), call));
    }),
    serve(contract.tryProvider, async ({ params: { provider }, actor, headers }) =>
      onward(await desk.tryOut(provider, redirectUri(provider, headers, baseUrl), actor)),
    ),
    serve(contract.finishSignIn, async (call) => onward(await desk.receive(call.params.provider, call))),
    serve(contract.getSignInRefusal, async ({ params }) => {
      const row = isReference(params.reference) ? await findRefusal(db, params.reference) : undefined;
      const provider = row && (await providers.find(row.provider));
      if (!row?.reason || !provider) throw new Refusal('not_found', 'This refusal is not known, or too long ago.');
      const { setting, mapping } = provider;
      const about = { provider: setting.id, providerName: setting.name, contact: mapping.contact };
      return answer({ refusal: { reference: row.reference, reason: row.reason, problems: row.problems, ...about } });
    }),
  ];
}

/** Where the provider is to send people back to: by the address they know us by. @throws Refusal `malformed_request` */
export function redirectUri(provider: string, headers: CallContext['headers'], baseUrl: string | undefined): string {
  const origin = baseUrl ?? `http://${headers.host}`;
  const url = URL.parse(`${origin}/v1/sign-in/providers/${encodeURIComponent(provider)}/callback`);
  // In its normal form, because both sides compare it letter by letter.
  if (url) return url.href;
  throw new Refusal('malformed_request', 'The header Host names no host. Send the one of the address you called.');
}

const isReference = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const onward = ({ location, cookies }: Redirect) =>
  answer({}, { headers: { location, ...(cookies.length > 0 && { 'set-cookie': [...cookies] }) } });
