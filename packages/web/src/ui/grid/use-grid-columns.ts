import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type CSSProperties, useMemo } from 'react';
import type { GridColumn } from './grid-types.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
});
const noRows: never[] = [];

export interface PlacedColumn extends GridColumn {
  /** Starts a drag of the column's right edge. Absent where the width is fixed. */
  readonly startResize?: (event: unknown) => void;
}

export interface GridColumns {
  /** In the order of drawing: pinned first, pinned last at the end. */
  readonly columns: readonly PlacedColumn[];
  /** The widths and the offsets of pinned columns as CSS variables, so that a resize redraws no row. */
  readonly variables: CSSProperties;
}

/** The narrowest a column may become, in pixels. */
const NARROWEST = 64;

/** Order, pinning, widths and the resize gesture; the state itself belongs to the caller, who hears `onResize`. */
export function useGridColumns(
  columns: readonly GridColumn[],
  onResize: (id: string, width: number) => void,
): GridColumns {
  const definitions = useMemo(
    () => columns.map(({ id, width }) => ({ id, size: width, minSize: Math.min(NARROWEST, width), header: id })),
    [columns],
  );
  const pins = useMemo(
    () => ({
      start: columns.filter(({ pinned }) => pinned === 'start').map(({ id }) => id),
      end: columns.filter(({ pinned }) => pinned === 'end').map(({ id }) => id),
    }),
    [columns],
  );
  const sizes = useMemo(() => Object.fromEntries(columns.map(({ id, width }) => [id, width])), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnPinning: pins, columnSizing: sizes },
    onColumnSizingChange: (update) => {
      const next = typeof update === 'function' ? update(sizes) : update;
      for (const [id, width] of Object.entries(next)) if (width !== sizes[id]) onResize(id, Math.round(width));
    },
  });

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const byId = new Map(columns.map((column) => [column.id, column]));
  const placed = headers.flatMap((header): PlacedColumn[] => {
    const column = byId.get(header.column.id);
    return column ? [{ ...column, startResize: header.getResizeHandler() }] : [];
  });
  const variables: Record<string, string> = {
    '--grid-columns': headers.map((header) => `${header.getSize()}px`).join(' '),
    '--grid-width': `${table.getTotalSize()}px`,
  };
  headers.forEach((header, index) => {
    const pinned = byId.get(header.column.id)?.pinned;
    if (pinned === 'start') variables[`--grid-start-${index}`] = `${header.column.getStart('start')}px`;
    if (pinned === 'end') variables[`--grid-end-${index}`] = `${header.column.getAfter('end')}px`;
  });
  return { columns: placed, variables };
}
