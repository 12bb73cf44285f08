import type { Answer, Body } from '@gantry/contract';
import { createSession, deleteSession, getSession } from '@gantry/contract';
import type { Permission } from '@gantry/core';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type Session = Answer<typeof getSession>['session'];

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }) => (await api.call(getSession, { signal })).session,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in. The router has loaded it before any screen is drawn. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Whether the server says that this person may. The same answer shows or hides every control. */
export function useMay(): (permission: Permission) => boolean {
  const { abilities } = useSession();
  return (permission) => abilities.includes(permission);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof createSession>) => api.call(createSession, { body }),
    onSuccess: ({ session }) => client.setQueryData(keys.session, session),
  });
}

/** Signs out and starts afresh: nothing that was read stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => api.call(deleteSession),
    onSuccess: () => location.assign('/sign-in'),
  });
}
