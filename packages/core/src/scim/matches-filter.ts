import { isPlainObject } from '../json.ts';
import type { ScimFilter } from './parse-filter.ts';

/** Compared letter by letter; other texts are the same in small and capital letters (RFC 7643 §2.2 and its schemas). */
const exact = new Set(['id', 'externalid']);
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** Whether a resource, as JSON, fits a filter. */
export function matchesScimFilter(filter: ScimFilter, resource: unknown): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchesScimFilter(part, resource));
    case 'or':
      return filter.parts.some((part) => matchesScimFilter(part, resource));
    case 'not':
      return !matchesScimFilter(filter.of, resource);
    case 'holds':
      return valuesAt(resource, filter.path).some((value) => matchesScimFilter(filter.filter, value));
    case 'compare':
      return compares(filter, valuesAt(resource, filter.path).map(simple));
  }
}

type Comparison = Extract<ScimFilter, { kind: 'compare' }>;

function compares({ path, operator, value }: Comparison, found: readonly unknown[]): boolean {
  if (operator === 'pr') return found.some((one) => one !== undefined && one !== null && one !== '');
  const isExact = path.length === 1 && exact.has(path[0]?.toLowerCase() ?? '');
  const given = found.map((one) => comparable(one, isExact));
  const wanted = comparable(value, isExact);
  if (operator === 'ne') return !given.includes(wanted) && (wanted !== null || given.length > 0);
  if (operator === 'eq' && wanted === null) return given.length === 0;
  return given.some((one) => holds(operator, one, wanted));
}

function holds(operator: Comparison['operator'], one: unknown, wanted: unknown): boolean {
  if (operator === 'eq') return one === wanted;
  if (typeof one === 'string' && typeof wanted === 'string') {
    if (operator === 'co') return one.includes(wanted);
    if (operator === 'sw') return one.startsWith(wanted);
    if (operator === 'ew') return one.endsWith(wanted);
  }
  const order = compare(one, wanted);
  if (order === null) return false;
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  if (operator === 'lt') return order < 0;
  return operator === 'le' && order <= 0;
}

function compare(one: unknown, other: unknown): number | null {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one !== 'string' || typeof other !== 'string') return null;
  if (moment.test(one) && moment.test(other)) return Date.parse(one) - Date.parse(other);
  return one < other ? -1 : Number(one > other);
}

/** Dates keep their letters, in which ISO 8601 has no choice that matters here. */
const comparable = (value: unknown, isExact: boolean) =>
  typeof value === 'string' && !isExact && !/^\d{4}-\d{2}-\d{2}T/.test(value) ? value.toLowerCase() : value;

/** Of a complex value that belongs to a list, its `value` is meant. */
const simple = (value: unknown) => (isPlainObject(value) && 'value' in value ? value.value : value);

/** Every value at the path; a list stands for each of its items, names are the same in any case. */
function valuesAt(resource: unknown, path: readonly string[]): unknown[] {
  let found = [resource];
  for (const name of path) {
    const wanted = name.toLowerCase();
    found = found.flatMap((value) => {
      if (!isPlainObject(value)) return [];
      const key = Object.keys(value).find((one) => one.toLowerCase() === wanted);
      return key === undefined ? [] : [value[key]].flat();
    });
  }
  return found.filter((value) => value !== undefined && value !== null);
}
