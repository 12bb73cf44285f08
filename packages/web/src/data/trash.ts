import type { Answer } from '@gantry/contract';
import { listTrash } from '@gantry/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type TrashItem = Answer<typeof listTrash>['trash'][number];

/** What lies in the trash, newest first, of one blueprint or all. */
export const trashQuery = (blueprint: string | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.trashOf(blueprint ?? null),
    queryFn: ({ pageParam, signal }) =>
      api.call(listTrash, {
        query: { limit: '50', ...(blueprint ? { blueprint } : {}), ...(pageParam ? { from: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
