import type { Answer, Body } from '@gantry/contract';
import { createSecret, deleteSecret, listSecrets, patchSecret } from '@gantry/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type Secret = Answer<typeof listSecrets>['secrets'][number];

export const secretsQuery = queryOptions({
  queryKey: keys.secrets,
  queryFn: async ({ signal }) => (await api.call(listSecrets, { signal })).secrets,
});

function useSecretWrite<Input, Output>(write: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    // A value stays in memory only for as long as it is under way.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.secrets }),
  });
}

export const useCreateSecret = () =>
  useSecretWrite((body: Body<typeof createSecret>) => api.call(createSecret, { body }));

export const useChangeSecret = (name: string) =>
  useSecretWrite((body: Body<typeof patchSecret>) => api.call(patchSecret, { params: { name }, body }));

export const useDeleteSecret = () => useSecretWrite((name: string) => api.call(deleteSecret, { params: { name } }));
