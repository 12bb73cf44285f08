import { isSameJson } from '@gantry/core';

/** One part that is not what it was. `undefined` means that there was, or is, nothing. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Side = Readonly<Record<string, unknown>> | null;

/** What differs between two objects, by the smallest part that does; lists are compared as wholes. */
export function differences(before: Side, after: Side, path = ''): Difference[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].flatMap((key): Difference[] => {
    const [was, is] = [before?.[key], after?.[key]];
    const here = path === '' ? key : `${path}.${key}`;
    if (isSameJson(was ?? null, is ?? null)) return [];
    if (isParted(was) && isParted(is)) return differences(was, is, here);
    if (isParted(was) && is === undefined) return differences(was, null, here);
    if (was === undefined && isParted(is)) return differences(null, is, here);
    return [{ path: here, before: was, after: is }];
  });
}

/** An object with something in it: what it holds is told, not itself. */
function isParted(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
