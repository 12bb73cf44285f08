import { own } from '../json.ts';
import type { EntityDiff } from './entity-diff.ts';

/** An origin's number and the moment, in milliseconds since the epoch, at which it gave the value. */
export type Stamp = readonly [originId: number, epochMs: number];

/**
 * Where each value came from: `*` for whatever is not listed, and the paths of a diff that differ from it. A path that
 * lost its value stays listed: who emptied it is worth knowing too.
 */
export interface Provenance {
  readonly '*': Stamp;
  readonly [path: string]: Stamp;
}

/**
 * The provenance after a change. What the diff names now comes from `originId`; the rest stays with whoever gave it.
 * Creating leaves one stamp for all.
 */
export function stampProvenance(before: Provenance | null, diff: EntityDiff, originId: number, at: number): Provenance {
  const stamp: Stamp = [originId, at];
  if (before === null) return { '*': stamp };
  const stamps = new Map<string, Stamp>(Object.entries(before));
  for (const { path } of diff) stamps.set(path, stamp);
  return Object.fromEntries(stamps) as Provenance & Record<string, Stamp>;
}

/** The stamp of one path, e.g. `properties.tier`. */
export function stampOf(provenance: Provenance, path: string): Stamp {
  return own(provenance, path) ?? provenance['*'];
}
