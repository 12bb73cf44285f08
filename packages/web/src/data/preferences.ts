import { getPreference, putPreference } from '@gantry/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export const preferenceQuery = (key: string) =>
  queryOptions({
    queryKey: keys.preference(key),
    queryFn: async ({ signal }) => (await api.call(getPreference, { params: { key }, signal })).value ?? null,
    staleTime: 5 * 60_000,
  });

/**
 * A personal setting kept on the server. `parse` turns what is stored (anything: another version may have written it)
 * into a value or the default; the setter shows the new value at once and goes back if the server refuses.
 */
export function usePreference<T>(key: string, parse: (stored: unknown) => T): [T, (value: T) => void, boolean] {
  const client = useQueryClient();
  const { data, isPending } = useQuery(preferenceQuery(key));
  const write = useMutation({
    mutationFn: (value: T) => api.call(putPreference, { params: { key }, body: { value } }),
    onMutate: (value) => {
      const before = client.getQueryData(keys.preference(key));
      client.setQueryData(keys.preference(key), value);
      return { before };
    },
    onError: (_, __, context) => client.setQueryData(keys.preference(key), context?.before ?? null),
  });
  return [parse(data ?? null), write.mutate, !isPending];
}
