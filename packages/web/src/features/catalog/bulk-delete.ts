import { bulkDeleteEntities, listTrash, restoreEntity, searchBlueprintEntities } from '@gantry/contract';
import { api } from '../../data/client.ts';
import type { RowsRequest } from './use-rows.ts';

/** Identifiers of everything that matches, in order of the table. */
export async function matchingIdentifiers({ blueprint, query, q, sort }: RowsRequest): Promise<string[]> {
  const found: string[] = [];
  let from: string | null = null;
  do {
    const page: { entities: { identifier: string }[]; next: string | null } = await api.call(searchBlueprintEntities, {
      params: { blueprint },
      query: {},
      body: {
        limit: 1000,
        include: ['identifier'],
        ...(query ? { query } : {}),
        ...(q ? { search: q } : {}),
        ...(sort.length > 0 ? { sort: [...sort] } : {}),
        ...(from === null ? {} : { from }),
      },
    });
    found.push(...page.entities.map(({ identifier }) => identifier));
    from = page.next;
  } while (from !== null);
  return found;
}

/** Moves entities to the trash, a hundred at a time; answers those that went. */
export async function deleteEntities(
  blueprint: string,
  identifiers: readonly string[],
  dependents: boolean,
): Promise<string[]> {
  const deleted: string[] = [];
  for (let start = 0; start < identifiers.length; start += 100) {
    const answer = await api.call(bulkDeleteEntities, {
      params: { blueprint },
      query: dependents ? { delete_dependents: 'true' } : {},
      body: { entities: identifiers.slice(start, start + 100) },
    });
    deleted.push(...answer.deletedEntities);
  }
  return deleted;
}

/** Takes entities that were just deleted out of the trash again; answers how many came back. */
export async function restoreDeleted(blueprint: string, identifiers: readonly string[]): Promise<number> {
  const wanted = new Set(identifiers);
  const { trash } = await api.call(listTrash, { query: { blueprint, limit: '1000' } });
  const items = trash.filter((item) => wanted.delete(item.identifier));
  for (const { id } of items) await api.call(restoreEntity, { params: { id } });
  return items.length;
}
