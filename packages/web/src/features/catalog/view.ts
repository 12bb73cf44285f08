import type { Query } from '@gantry/core';

export interface SortKey {
  readonly property: string;
  readonly order: 'asc' | 'desc';
}

export interface ColumnState {
  readonly id: string;
  /** Pixels; the field's own width when absent. */
  readonly width?: number;
  readonly pinned?: 'start';
}

/** What a catalog page shows: kept in its URL as a whole, so that a copied link shows the same. */
export interface ViewSearch {
  readonly q?: string;
  readonly filter?: Query;
  readonly sort?: string;
  readonly group?: string;
  readonly columns?: string;
  /** Identifier of the saved view this started from. */
  readonly view?: string;
  readonly panel?: 'preview' | 'filter';
  /** The entity in the preview. */
  readonly entity?: string;
}

/** `-updatedAt,name`: keys in order, a minus for descending. */
export function printSort(keys: readonly SortKey[]): string | undefined {
  if (keys.length === 0) return undefined;
  return keys.map(({ property, order }) => `${order === 'desc' ? '-' : ''}${property}`).join(',');
}

export function parseSort(text: string | undefined): SortKey[] {
  return (text ?? '')
    .split(',')
    .filter((key) => key.replace(/^-/, '') !== '')
    .slice(0, 5)
    .map((key) => (key.startsWith('-') ? { property: key.slice(1), order: 'desc' } : { property: key, order: 'asc' }));
}

/** `$title~280~pin,tier,relations.system~160`: columns in order with what was changed about them. */
export function printColumns(columns: readonly ColumnState[]): string {
  return columns
    .map(({ id, width, pinned }) =>
      [id, ...(width || pinned ? [width ?? ''] : []), ...(pinned ? ['pin'] : [])].join('~'),
    )
    .join(',');
}

export function parseColumns(text: string | undefined): ColumnState[] | undefined {
  if (!text) return undefined;
  const columns = text.split(',').flatMap((part): ColumnState[] => {
    const [id, width, pin] = part.split('~');
    if (!id) return [];
    const pixels = Number(width);
    return [
      {
        id,
        ...(pixels >= 48 && pixels <= 1200 ? { width: pixels } : {}),
        ...(pin === 'pin' ? { pinned: 'start' } : {}),
      },
    ];
  });
  return columns.length > 0 ? columns : undefined;
}

/** What part of the URL belongs to a saved view: not the open panel, not which view it is. */
export function savedPart({ q, filter, sort, group, columns }: ViewSearch): ViewSearch {
  return given({ q, filter, sort, group, columns });
}

function given(search: { [Key in keyof ViewSearch]: ViewSearch[Key] | undefined }): ViewSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

const text = (value: unknown) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Reads the URL; what is malformed is left out, never an error. */
export function parseViewSearch(search: Record<string, unknown>): ViewSearch {
  return given({
    q: text(search.q),
    filter: isQuery(search.filter) ? search.filter : undefined,
    sort: text(search.sort),
    group: text(search.group),
    columns: text(search.columns),
    view: text(search.view),
    panel: search.panel === 'preview' || search.panel === 'filter' ? search.panel : undefined,
    entity: text(search.entity),
  });
}

export function isQuery(value: unknown): value is Query {
  if (typeof value !== 'object' || value === null) return false;
  const { combinator, rules } = value as Query;
  return Array.isArray(rules) && (combinator === undefined || combinator === 'and' || combinator === 'or');
}
