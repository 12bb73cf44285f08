import { useMemo } from 'react';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { isLong, sortName } from './fields.ts';
import { type Group, groupAt, useGroups } from './use-groups.ts';
import { type RowsRequest, type Section, useRows, useTotal } from './use-rows.ts';
import type { View } from './use-view.ts';

export interface CatalogRows {
  /** What the rows on screen answer. */
  readonly request: RowsRequest;
  /** How many entities match; undefined until the first answer. */
  readonly total: number | undefined;
  /** Items of the grid: rows, and headings where grouped. */
  readonly count: number;
  readonly groups: readonly Group[];
  /** There are more groups than shown. */
  readonly groupsCut: boolean;
  readonly flashing: ReadonlySet<string>;
  /** The rows on screen answer the question before this one. */
  readonly outdated: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly firstSection: Section;
  rowAt(index: number): Entity | undefined;
  /** A loaded row by its identifier. */
  find(identifier: string): Entity | undefined;
  rowIn(section: Section, index: number): Entity | undefined;
  groupAt(index: number): Group | undefined;
  toggle(key: string): void;
  onRange(first: number, last: number): void;
  retry(): void;
}

/** The rows of a view, plain or grouped, as one list of items that are fetched as they come into sight. Cards have no groups. */
export function useCatalogRows(blueprint: ModelBlueprint, view: View, grouped: boolean): CatalogRows {
  const { query, q, sort, columns } = view;
  const group = grouped ? view.group : undefined;
  const { identifier, schema } = blueprint;
  const exclude = useMemo(() => unshownLong(schema, new Set(columns.map(({ id }) => id))), [schema, columns]);
  const excluded = exclude.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is the same while its names are.
  const asked = useMemo(
    (): RowsRequest => ({
      blueprint: identifier,
      query,
      q,
      sort: sort.map(({ property, order }) => ({ property: sortName(property), order })),
      exclude,
    }),
    [identifier, query, q, sort, excluded],
  );
  const totals = useTotal(asked);
  const { shown } = totals;
  const total = totals.total ?? 0;
  const groups = useGroups(shown, group);
  const plain = useMemo((): Section => ({ key: '', start: 0, count: total, query: shown.query }), [total, shown.query]);
  const sections = useMemo(
    () => (group ? groups.groups.map(({ section }) => section) : [plain]),
    [group, groups.groups, plain],
  );
  const rows = useRows(shown, sections);

  return {
    request: shown,
    total: totals.total,
    count: group ? groups.count : total,
    groups: groups.groups,
    groupsCut: groups.cut,
    flashing: rows.flashing,
    outdated: totals.outdated,
    isPending: totals.isPending || groups.isPending,
    error: totals.error ?? groups.error ?? rows.error,
    firstSection: plain,
    rowAt: (index) => {
      if (!group) return rows.rowAt(plain, index);
      const { section } = groupAt(groups.groups, index) ?? {};
      return section && index >= section.start ? rows.rowAt(section, index - section.start) : undefined;
    },
    find: rows.find,
    rowIn: rows.rowAt,
    groupAt: (index) => (group ? groupAt(groups.groups, index) : undefined),
    toggle: groups.toggle,
    onRange: rows.onRange,
    retry: () => {
      void totals.refetch();
      rows.retry();
    },
  };
}

/** Long texts and structures that no column shows: not worth carrying a hundred times a page. */
function unshownLong(schema: ModelBlueprint['schema'], shown: ReadonlySet<string>): string[] {
  return Object.entries(schema.properties)
    .filter(([key, property]) => isLong(property) && !shown.has(key))
    .map(([key]) => `properties.${key}`);
}
