/**
 * One thing that changed. `path` is `identifier`, `title`, `icon`, `team`, `properties.<key>` or `relations.<key>`; a
 * side that was or is unset is left out.
 */
export interface EntityChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What history stores: the changes, ordered by path. */
export type EntityDiff = readonly EntityChange[];
