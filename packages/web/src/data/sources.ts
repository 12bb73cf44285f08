import type { Answer } from '@gantry/contract';
import {
  confirmMissing,
  createLocation,
  deleteLocation,
  getDemo,
  listImports,
  listLocations,
  loadDemo,
  refreshLocation,
  removeDemo,
  startBlank,
} from '@gantry/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type Location = Answer<typeof listLocations>['locations'][number];
export type ImportReport = Answer<typeof listImports>['imports'][number];

export const locationsQuery = queryOptions({
  queryKey: keys.locations,
  queryFn: async ({ signal }) => (await api.call(listLocations, { signal })).locations,
});

export const importsQuery = queryOptions({
  queryKey: keys.imports,
  queryFn: async ({ signal }) => (await api.call(listImports, { signal })).imports,
});

export const demoQuery = queryOptions({
  queryKey: keys.demo,
  queryFn: async ({ signal }) => (await api.call(getDemo, { signal })).demo,
});

/** A change of what feeds the catalog: everything read from it may be different afterwards. */
function useSourceWrite<Input, Output>(write: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => client.invalidateQueries() });
}

export const useCreateLocation = () =>
  useSourceWrite((target: string) => api.call(createLocation, { body: { target } }));

export const useRefreshLocation = () =>
  useSourceWrite((location: string) => api.call(refreshLocation, { params: { location } }));

export const useConfirmMissing = () =>
  useSourceWrite((location: string) => api.call(confirmMissing, { params: { location } }));

export const useDeleteLocation = () =>
  useSourceWrite(({ location, deleteEntities }: { location: string; deleteEntities: boolean }) =>
    api.call(deleteLocation, { params: { location }, query: deleteEntities ? { delete_entities: 'true' } : {} }),
  );

export const useLoadDemo = () => useSourceWrite(() => api.call(loadDemo));
export const useRemoveDemo = () => useSourceWrite(() => api.call(removeDemo));
export const useStartBlank = () => useSourceWrite(() => api.call(startBlank));
