import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Entity, entityQuery } from '../../data/entities.ts';
import { keys } from '../../data/keys.ts';

type RememberedEntity = Omit<Entity, 'team' | 'properties' | 'relations'> & Partial<Entity>;

/** What a list on screen a moment ago already said about an entity: enough for the header. */
function remembered(client: QueryClient, blueprint: string, identifier: string): Entity | undefined {
  const pages = client.getQueriesData<{ entities?: readonly RememberedEntity[] }>({
    queryKey: [...keys.entities(blueprint), 'page'],
  });
  for (const [, page] of pages) {
    const found = page?.entities?.find((entity) => entity.identifier === identifier);
    // A list asks only for the columns it shows, and perhaps for no property at all.
    if (found)
      return { ...found, team: found.team ?? [], properties: found.properties ?? {}, relations: found.relations ?? {} };
  }
  return undefined;
}

/**
 * An entity, painted at once from the row that was clicked while the whole of it is on its way. `isPlaceholderData`
 * says that only the row is known so far.
 */
export function useEntity(blueprint: string, identifier: string) {
  const client = useQueryClient();
  return useQuery({
    ...entityQuery(blueprint, identifier),
    placeholderData: () => remembered(client, blueprint, identifier),
    retry: false,
  });
}
