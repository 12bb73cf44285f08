import { exportEntities } from '@gantry/contract';
import { api } from '../../data/client.ts';
import type { RowsRequest } from './use-rows.ts';

/** Downloads everything that matches, with these columns, and answers the file's name. */
export async function saveFile(
  request: RowsRequest,
  columns: readonly string[],
  format: 'csv' | 'json',
): Promise<string> {
  const { blueprint, query, q, sort } = request;
  const response = await api.open(exportEntities, {
    params: { blueprint },
    body: {
      format,
      columns: [...columns],
      ...(query ? { query } : {}),
      ...(q ? { search: q } : {}),
      ...(sort.length > 0 ? { sort: [...sort] } : {}),
    },
  });
  const name = `${blueprint}-${new Date().toISOString().slice(0, 10)}.${format}`;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return name;
}
