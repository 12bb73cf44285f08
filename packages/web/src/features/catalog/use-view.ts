import type { Query } from '@gantry/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { defaultColumns, type Field, fieldsOf, TITLE } from './fields.ts';
import { type FilterGroup, parseFilter, printFilter } from './filter/rule.ts';
import {
  type ColumnState,
  parseColumns,
  parseSort,
  printColumns,
  printSort,
  type SortKey,
  type ViewSearch,
} from './view.ts';

export interface Column extends ColumnState {
  readonly field: Field;
}

/** The view as the page works with it: the URL's text made into things, and ways to change them. */
export interface View {
  readonly search: ViewSearch;
  readonly fields: readonly Field[];
  readonly q: string;
  readonly filter: FilterGroup;
  readonly query: Query | undefined;
  readonly sort: readonly SortKey[];
  readonly group: Field | undefined;
  readonly columns: readonly Column[];
  /** Changes some of the URL; `replace` leaves no step for the back button. */
  change(patch: { [Key in keyof ViewSearch]: ViewSearch[Key] | undefined }, replace?: boolean): void;
  setFilter(filter: FilterGroup): void;
  setSort(sort: readonly SortKey[]): void;
  setColumns(columns: readonly ColumnState[], replace?: boolean): void;
}

export function useView(blueprint: ModelBlueprint): View {
  const search = useSearch({ from: '/signed-in/e/$blueprint' });
  const navigate = useNavigate({ from: '/e/$blueprint' });
  // The blueprint's counts change with every write; what it declares does not, and only that makes fields.
  const { identifier, schema, relations } = blueprint;
  const fields = useMemo(() => fieldsOf({ schema, relations }), [schema, relations]);

  const change = useCallback<View['change']>(
    (patch, replace = false) => {
      const next = (before: ViewSearch): ViewSearch =>
        Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined));
      void navigate({ search: next, replace, resetScroll: false });
    },
    [navigate],
  );

  const filterText = search.filter && JSON.stringify(search.filter);
  const filter = useMemo(
    () => parseFilter(filterText === undefined ? undefined : JSON.parse(filterText)),
    [filterText],
  );
  const query = useMemo(() => printFilter(filter), [filter]);
  const sort = useMemo(() => parseSort(search.sort), [search.sort]);
  const columns = useMemo(
    () => resolveColumns(search.columns, identifier, fields),
    [search.columns, identifier, fields],
  );
  return {
    search,
    fields,
    q: search.q ?? '',
    filter,
    query,
    sort,
    group: fields.find(({ id }) => id === search.group),
    columns,
    change,
    setFilter: (next) => change({ filter: printFilter(next) }),
    setSort: (next) => change({ sort: printSort(next) }),
    setColumns: (next, replace = false) => change({ columns: printColumns(next) }, replace),
  };
}

/** The URL's columns, without those the blueprint no longer has; the blueprint's default where it names none. */
function resolveColumns(text: string | undefined, blueprint: string, fields: readonly Field[]): Column[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const asked = parseColumns(text) ?? defaultColumns(blueprint, fields).map((id) => ({ id }));
  const known = asked.flatMap((column): Column[] => {
    const field = byId.get(column.id);
    return field ? [{ ...column, field }] : [];
  });
  const title = byId.get(TITLE);
  return known.length > 0 || !title ? known : [{ id: TITLE, field: title }];
}
