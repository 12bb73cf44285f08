import type { Query } from '@gantry/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Entity, type EntityPage, pageQuery } from '../../data/entities.ts';
import type { SortKey } from './view.ts';

/** Rows in one request. */
const PAGE = 100;
/** Pages fetched beyond what is in sight. */
const AHEAD = 2;
/** Pages kept for scrolling back; the rest is asked for again. */
const KEPT = 40;
/** How long (ms) the scroll position must rest before rows are asked for: no requests for what only flies by. */
const REST = 60;

export interface RowsRequest {
  readonly blueprint: string;
  readonly query: Query | undefined;
  readonly q: string;
  readonly sort: readonly SortKey[];
  /** What no column shows and is too long to carry along. */
  readonly exclude: readonly string[];
}

/** A stretch of rows of the grid: all of them, or those of one opened group. */
export interface Section {
  readonly key: string;
  /** Index of its first row in the grid. */
  readonly start: number;
  readonly count: number;
  readonly query: Query | undefined;
}

interface WantedPage {
  readonly section: Section;
  readonly page: number;
}

export interface Rows {
  rowAt(section: Section, index: number): Entity | undefined;
  /** A loaded row by its identifier. */
  find(identifier: string): Entity | undefined;
  /** Tells what is in sight. */
  onRange(first: number, last: number): void;
  /** Identifiers of rows whose content has just changed. */
  readonly flashing: ReadonlySet<string>;
  readonly error: Error | null;
  /** Asks again for the pages that failed. */
  retry(): void;
}

/** How many rows match, and whether the answer on screen is still that of the request before. */
export function useTotal(request: RowsRequest) {
  const options = pageOptions(request, { key: '', start: 0, count: 0, query: request.query }, 0);
  const { data, error, isPending, isFetching, refetch } = useQuery(options);
  const settled = useRef(request);
  if (data !== undefined || error !== null) settled.current = request;
  return {
    /** The request whose rows are shown: the new one as soon as its first page is here. */
    shown: settled.current,
    outdated: settled.current !== request,
    total: data?.total,
    error,
    isPending,
    isFetching,
    refetch,
  };
}

/** The rows of some sections, fetched by page as they come into sight. */
export function useRows(request: RowsRequest, sections: readonly Section[]): Rows {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useRestingRange(setRange);
  const wanted = pagesOf(sections, range.first, range.last);
  const results = useQueries({
    queries: wanted.map(({ section, page }) => pageOptions(request, section, page)),
  });

  const kept = useRef({ request, pages: new Map<string, EntityPage>() });
  if (kept.current.request !== request) kept.current = { request, pages: new Map() };
  const { pages } = kept.current;
  const changed = results.flatMap(({ data }, at) => {
    const page = wanted[at];
    if (!data || !page) return [];
    const name = nameOf(page.section, page.page);
    const before = pages.get(name);
    if (before === data) return [];
    pages.delete(name);
    pages.set(name, data);
    return before ? differing(before, data) : [];
  });
  for (const name of [...pages.keys()].slice(0, Math.max(0, pages.size - KEPT))) pages.delete(name);

  return {
    rowAt: (section, index) => pages.get(nameOf(section, Math.floor(index / PAGE)))?.entities[index % PAGE],
    find: (identifier) => {
      for (const { entities } of pages.values()) {
        const found = entities.find((entity) => entity.identifier === identifier);
        if (found) return found;
      }
      return undefined;
    },
    onRange,
    flashing: useFlash(changed),
    error: results.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const { error, refetch } of results) if (error !== null) void refetch();
    },
  };
}

function pageOptions(request: RowsRequest, section: Section, page: number) {
  const { blueprint, q, sort, exclude } = request;
  const content = { query: section.query, q, sort, exclude };
  return {
    ...pageQuery(
      blueprint,
      {
        limit: PAGE,
        ...(page === 0 ? { count: true } : { offset: page * PAGE }),
        ...(section.query ? { query: section.query } : {}),
        ...(q ? { search: q } : {}),
        ...(sort.length > 0 ? { sort: [...sort] } : {}),
        ...(exclude.length > 0 ? { exclude: [...exclude] } : {}),
      },
      content,
      page,
    ),
    gcTime: 30_000,
  };
}

const nameOf = (section: Section, page: number) => `${section.key}\n${page}`;

/** The pages that the rows from `first` to `last` are on, and some around them. */
function pagesOf(sections: readonly Section[], first: number, last: number): WantedPage[] {
  return sections.flatMap((section) => {
    const from = Math.max(first - section.start, 0);
    const to = Math.min(last - section.start, section.count - 1);
    if (section.count === 0 || from > to) return [];
    const firstPage = Math.max(0, Math.floor(from / PAGE) - 1);
    const lastPage = Math.min(Math.floor((section.count - 1) / PAGE), Math.floor(to / PAGE) + AHEAD);
    return Array.from({ length: lastPage - firstPage + 1 }, (_, at) => ({ section, page: firstPage + at }));
  });
}

/** Hands on the range once scrolling rests; the first one at once. */
function useRestingRange(set: (range: { first: number; last: number }) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (first: number, last: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set({ first, last }), REST);
    },
    [set],
  );
}

/** Identifiers of the entities that are there before and after, but not the same. */
function differing(before: EntityPage, after: EntityPage): string[] {
  const versions = new Map(before.entities.map(({ identifier, updatedAt }) => [identifier, updatedAt]));
  return after.entities
    .filter(({ identifier, updatedAt }) => (versions.get(identifier) ?? updatedAt) !== updatedAt)
    .map(({ identifier }) => identifier);
}

const FLASH = 700;
const nothing: ReadonlySet<string> = new Set();

function useFlash(changed: readonly string[]): ReadonlySet<string> {
  const [flashing, setFlashing] = useState(nothing);
  const names = changed.join('\n');
  useEffect(() => {
    if (names === '') return;
    setFlashing(new Set(names.split('\n')));
    const timer = setTimeout(() => setFlashing(nothing), FLASH);
    return () => clearTimeout(timer);
  }, [names]);
  return flashing;
}
