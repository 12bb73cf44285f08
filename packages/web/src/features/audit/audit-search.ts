import { auditActions, auditOrigins, auditResources, auditStatuses } from '@gantry/core';
import type { AuditFilters } from '../../data/audit.ts';

/** The filters as the URL holds them; days are local ones. */
export interface AuditSearch {
  readonly about?: (typeof auditResources)[number];
  readonly action?: (typeof auditActions)[number];
  readonly origin?: (typeof auditOrigins)[number];
  readonly status?: (typeof auditStatuses)[number];
  readonly actor?: string;
  readonly object?: string;
  readonly blueprint?: string;
  /** `2026-11-21` */
  readonly from?: string;
  /** The last day that is shown. */
  readonly to?: string;
}

/** What a URL says of it; anything else is left out. */
export function parseAuditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  const word = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  const found = {
    about: auditResources.find((one) => one === search.about),
    action: auditActions.find((one) => one === search.action),
    origin: auditOrigins.find((one) => one === search.origin),
    status: auditStatuses.find((one) => one === search.status),
    actor: word(search.actor),
    object: word(search.object),
    blueprint: word(search.blueprint),
    from: dayIn(search.from),
    to: dayIn(search.to),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as AuditSearch;
}

function dayIn(value: unknown): string | undefined {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return isDay ? value : undefined;
}

/** The same as the API is asked for it. */
export function filtersOf({ about, from, to, ...same }: AuditSearch): AuditFilters {
  return {
    ...same,
    ...(about && { resources: about }),
    ...(from && { from: midnight(from, 0) }),
    ...(to && { to: midnight(to, 1) }),
  };
}

/** The beginning of a local day, so many days later. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
