import { urlOf } from '@gantry/client';
import {
  type Answer,
  type Body,
  beginSignIn,
  getSignInRefusal,
  listProviders,
  listSignInAttempts,
  listSignInSettings,
  putSignInSettings,
  tryProvider,
} from '@gantry/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type Provider = Answer<typeof listProviders>['providers'][number];
export type SignInRefusal = Answer<typeof getSignInRefusal>['refusal'];
export type ProviderSettings = Answer<typeof listSignInSettings>['providers'][number];
export type SignInAttempt = Answer<typeof listSignInAttempts>['attempts'][number];

/** How long (ms) between looks for what came of a trial in another window. */
const LOOK_EVERY = 1_500;

export const providersQuery = queryOptions({
  queryKey: keys.providers,
  queryFn: async ({ signal }) => (await api.call(listProviders, { signal })).providers,
});

export const refusalQuery = (reference: string) =>
  queryOptions({
    queryKey: keys.signInRefusal(reference),
    queryFn: async ({ signal }) => (await api.call(getSignInRefusal, { params: { reference }, signal })).refusal,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const signInSettingsQuery = queryOptions({
  queryKey: keys.signInSettings,
  queryFn: async ({ signal }) => (await api.call(listSignInSettings, { signal })).providers,
});

export const attemptsQuery = (provider: string, isWaiting: boolean) =>
  queryOptions({
    queryKey: keys.signInAttempts(provider),
    queryFn: async ({ signal }) => (await api.call(listSignInAttempts, { params: { provider }, signal })).attempts,
    refetchInterval: isWaiting ? LOOK_EVERY : false,
  });

export function useSaveSignInSettings(provider: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof putSignInSettings>) => api.call(putSignInSettings, { params: { provider }, body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.signInSettings }),
        client.invalidateQueries({ queryKey: keys.providers }),
      ]),
  });
}

/** Where a browser goes to sign in with a provider, and comes back from to the page `to`. */
export function beginAddress(provider: string, to: string | undefined): string {
  return urlOf('', beginSignIn, { params: { provider }, query: to === undefined ? {} : { to } });
}

/** Where an administrator goes to see what a provider says of them. */
export function tryAddress(provider: string): string {
  return urlOf('', tryProvider, { params: { provider } });
}
