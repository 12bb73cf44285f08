import * as contract from '@gantry/contract';
import { record } from '../../audit/record.ts';
import { type Db, transaction } from '../../db/pool.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import type { KnownProvider, Providers } from './providers.ts';
import { redirectUri } from './routes.ts';
import { lastAttempts, putDecision } from './store.ts';

export interface SignInSettingsOptions {
  readonly db: Db;
  readonly providers: Providers;
  readonly baseUrl: string | undefined;
}

/** What administrators decide about the identity providers, and what they look at for it. */
export function signInSettingsRoutes({ db, providers, baseUrl }: SignInSettingsOptions): ServedRoute[] {
  const present = ({ setting, enabled, mapping }: KnownProvider, { headers }: CallContext) => {
    const { id, name, issuer, clientId } = setting;
    return { id, name, issuer, clientId, redirectUri: redirectUri(id, headers, baseUrl), enabled, mapping };
  };
  return [
    serve(contract.listSignInSettings, async (call) => {
      const all = await providers.all();
      return answer({ providers: all.map((provider) => present(provider, call)) });
    }),
    serve(contract.putSignInSettings, async (call) => {
      const { setting, enabled, mapping } = await providers.get(call.params.provider);
      const { body, actor } = call;
      await transaction(db, async (trx) => {
        await putDecision(trx, setting.id, body, actor.id);
        const resource = { type: 'permission', identifier: `sign-in/${setting.id}` } as const;
        await record(trx, actor, { action: 'UPDATE', resource, before: { enabled, mapping }, after: body });
      });
      return answer({ provider: present(await providers.get(setting.id), call) });
    }),
    serve(contract.listSignInAttempts, async ({ params }) => {
      const { setting } = await providers.get(params.provider);
      const rows = await lastAttempts(db, setting.id);
      return answer({ attempts: rows.map(presentAttempt) });
    }),
  ];
}

function presentAttempt(row: Awaited<ReturnType<typeof lastAttempts>>[number]) {
  const { reference, at, tester, reason, detail, problems, claims } = row;
  return {
    reference,
    at: at.toISOString(),
    isTrial: tester !== null,
    ...(reason && { reason }),
    ...(detail && { detail }),
    problems,
    ...(claims && { claims }),
  };
}
