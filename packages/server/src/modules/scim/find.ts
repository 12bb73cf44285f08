import { matchesScimFilter, parseScimFilter, type ScimFilter } from '@gantry/core';
import SCIMMY from 'scimmy';
import type { Db } from '../../db/pool.ts';
import type { Resource, ResourceKind } from './resource.ts';
import { MOST_RESULTS } from './schemas.ts';
import { refuse, spoken } from './spoken.ts';
import { listNamed, listRows } from './store.ts';

const USUAL_COUNT = 100;

export interface Question {
  readonly filter?: string | undefined;
  readonly startIndex?: string | undefined;
  readonly count?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
}

/**
 * A page of resources that fit a filter. What directories ask before each write, who has this name, is an SQL condition;
 * other filters look at every resource of the kind, read in one query.
 * @throws Refusal `malformed_request`
 */
export async function findResources<T extends Resource>(
  db: Db,
  kind: ResourceKind<T>,
  { filter: text, startIndex, count, sortBy, sortOrder }: Question,
  base: string,
): Promise<{ readonly total: number; readonly start: number; readonly page: readonly T[] }> {
  const filter = text === undefined ? null : read(text);
  const name = filter && nameAskedFor(filter, kind.naming);
  const rows = name === null ? await listRows(db, kind.kind) : await listNamed(db, kind.kind, name);
  const resources = rows.map((row) => kind.present(row, base));
  const found = filter === null ? resources : resources.filter((one) => matchesScimFilter(filter, plain(one)));
  const start = Math.max(1, Number(startIndex ?? 1));
  const most = Math.min(MOST_RESULTS, Math.max(0, Number(count ?? USUAL_COUNT)));
  const sorted = sortBy === undefined ? found : await sort(found, sortBy, sortOrder);
  return { total: found.length, start, page: sorted.slice(start - 1, start - 1 + most) };
}

function read(text: string): ScimFilter {
  const parsed = parseScimFilter(text);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.problems;
  throw refuse(`The filter ${problem?.message}.`, 'invalidFilter');
}

/** Resources are compared as they are sent: dates as texts, what is absent absent. */
const plain = (resource: Resource): unknown => JSON.parse(JSON.stringify(resource));

function nameAskedFor(filter: ScimFilter, naming: string): string | null {
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return null;
  return filter.path.join('.').toLowerCase() === naming.toLowerCase() ? filter.value : null;
}

function sort<T extends Resource>(found: readonly T[], sortBy: string, sortOrder = 'ascending'): Promise<readonly T[]> {
  const all = { sortBy, sortOrder, startIndex: 1, count: found.length };
  return spoken(() => new SCIMMY.Messages.ListResponse<T>([...found], all).Resources);
}
