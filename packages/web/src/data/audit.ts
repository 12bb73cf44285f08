import { urlOf } from '@gantry/client';
import type { Answer, QueryOf } from '@gantry/contract';
import { exportAuditLog, listAuditLog } from '@gantry/contract';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

/** An entry with all its parts, as it is answered when none was chosen. */
export type AuditEntry = Required<Omit<Answer<typeof listAuditLog>['audits'][number], 'message'>> & {
  message?: string;
};
export type AuditFilters = Omit<QueryOf<typeof exportAuditLog>, 'format'>;

const PAGE = '100';

/** Entries that match, newest first. */
export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: keys.auditOf(filters),
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = { ...filters, limit: PAGE, ...(cursor ? { cursor } : {}) };
      const { audits, next } = await api.call(listAuditLog, { query, signal });
      return { audits: audits as AuditEntry[], next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Where everything that matches is downloaded from. */
export function auditExportUrl(filters: AuditFilters, format: 'ndjson' | 'csv'): string {
  return urlOf('', exportAuditLog, { query: { ...filters, format } });
}
