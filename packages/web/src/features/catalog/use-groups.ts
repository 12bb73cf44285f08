import type { Query } from '@gantry/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { aggregateQuery } from '../../data/entities.ts';
import type { Field } from './fields.ts';
import { bothFilters, equalsRule, printFilter } from './filter/rule.ts';
import type { RowsRequest, Section } from './use-rows.ts';

/** The most groups shown; the largest ones. */
const MOST = 200;

export interface Group {
  readonly key: string;
  readonly value: unknown;
  readonly count: number;
  readonly expanded: boolean;
  /** Index of its heading in the grid. */
  readonly at: number;
  readonly section: Section;
}

export interface Groups {
  readonly groups: readonly Group[];
  readonly cut: boolean;
  /** Headings and rows of opened groups together. */
  readonly count: number;
  readonly isPending: boolean;
  readonly error: Error | null;
  toggle(key: string): void;
}

/** The values of a field with their counts, and where each group's rows lie in the grid. */
export function useGroups(request: RowsRequest, field: Field | undefined): Groups {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { data, isPending, error } = useQuery({
    ...aggregateQuery(request.blueprint, {
      func: 'countValues',
      ...(field?.relation ? { relation: field.relation.key } : { property: field?.id ?? '' }),
      ...(request.query ? { query: request.query } : {}),
      ...(request.q ? { search: request.q } : {}),
      limit: MOST,
    }),
    enabled: field !== undefined,
  });
  const placed = useMemo(
    () => (field && Array.isArray(data) ? place(data, field, request.query, open) : none),
    [data, field, request.query, open],
  );
  return {
    ...placed,
    cut: Array.isArray(data) && data.length === MOST,
    isPending: field !== undefined && isPending,
    error,
    toggle: (key) =>
      setOpen((before) => {
        const next = new Set(before);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
  };
}

const none: { groups: readonly Group[]; count: number } = { groups: [], count: 0 };

function place(
  values: readonly { value: unknown; count: number }[],
  field: Field,
  query: Query | undefined,
  open: ReadonlySet<string>,
): { groups: Group[]; count: number } {
  let at = 0;
  const groups = values.map(({ value, count }): Group => {
    const key = JSON.stringify(value ?? null);
    const expanded = open.has(key);
    const own = printFilter({ kind: 'group', combinator: 'and', nodes: [equalsRule(field, value)] });
    const section: Section = { key, start: at + 1, count: expanded ? count : 0, query: bothFilters(query, own) };
    const group = { key, value, count, expanded, at, section };
    at += 1 + section.count;
    return group;
  });
  return { groups, count: at };
}

/** The group that an index of the grid lies in: its heading or one of its rows. */
export function groupAt(groups: readonly Group[], index: number): Group | undefined {
  let low = 0;
  let high = groups.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((groups[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return groups[low];
}
