import { createEntity, patchEntity, purgeEntity, restoreEntity } from '@gantry/contract';
import type { EntityInput } from '@gantry/core';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';
import type { TrashItem } from './trash.ts';

/** What a write to entities of a blueprint makes stale; our own writes need not wait for the live stream. */
export async function refreshEntities(client: QueryClient, blueprint: string): Promise<void> {
  const stale = [
    keys.entities(blueprint),
    keys.entitiesOf(blueprint),
    keys.neighbours,
    keys.model,
    keys.graphs,
    keys.searches,
    keys.unowned,
    keys.trash,
  ];
  await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
}

function useEntityWrite<Input, Output>(blueprint: string, write: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => refreshEntities(client, blueprint) });
}

export function useCreateEntity(blueprint: string) {
  return useEntityWrite(blueprint, (body: EntityInput) =>
    api.call(createEntity, { params: { blueprint }, query: {}, body }),
  );
}

/** Changes parts of an entity; null clears, another identifier renames. */
export function usePatchEntity(blueprint: string, entity: string) {
  return useEntityWrite(blueprint, (body: EntityInput) =>
    api.call(patchEntity, { params: { blueprint, entity }, query: {}, body }),
  );
}

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<TrashItem, 'id' | 'blueprint'>) => api.call(restoreEntity, { params: { id } }),
    onSuccess: (_, { blueprint }) => refreshEntities(client, blueprint),
  });
}

export function usePurge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<TrashItem, 'id' | 'blueprint'>) => api.call(purgeEntity, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.trash }),
  });
}
