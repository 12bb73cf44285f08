import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { statusOf } from './client.ts';
import { keys } from './keys.ts';

/** Hiccups of the network and of a starting server are worth another try; refusals are answers. */
function isHiccup(error: unknown): boolean {
  const status = statusOf(error);
  return status === 0 || status === 502 || status === 503;
}

/** The cache of everything read from the server. Answers stay fresh for 30 s unless a live message says otherwise. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (statusOf(error) === 401) void client.invalidateQueries({ queryKey: keys.session });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        retry: (failures, error) => isHiccup(error) && failures < 3,
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
