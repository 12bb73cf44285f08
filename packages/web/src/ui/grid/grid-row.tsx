import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from 'react';
import styles from './grid.module.css';
import type { GridColumn } from './grid-types.ts';

export interface GridRowProps<Row> {
  row: Row | undefined;
  index: number;
  top: number;
  columns: readonly GridColumn[];
  renderCell: (row: Row, columnId: string) => ReactNode;
  selected: boolean;
  /** The row whose preview is open. */
  current: boolean;
  flashing: boolean;
  /** The column of this row that the keyboard is at, or -1. */
  focusColumn: number;
  selectable: boolean;
}

/** Where a pinned cell stays while the rest scrolls sideways. */
export function pinStyle(column: GridColumn, index: number): CSSProperties | undefined {
  if (!column.pinned) return undefined;
  return { '--pin': `var(--grid-${column.pinned}-${index})` } as CSSProperties;
}

function Row<R>(props: GridRowProps<R>) {
  const { row, index, top, columns, renderCell, selected, current, flashing, focusColumn, selectable } = props;
  const element = useRef<HTMLDivElement>(null);
  // Controls inside cells are reached with F2, not with Tab: else Tab would walk through every link of every row.
  useEffect(() => {
    for (const control of element.current?.querySelectorAll<HTMLElement>('a, button') ?? []) control.tabIndex = -1;
  });
  return (
    <div
      ref={element}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      aria-busy={row === undefined || undefined}
      className={styles.row}
      data-index={index}
      data-odd={index % 2 === 1}
      data-current={current || undefined}
      data-flash={flashing || undefined}
      data-loading={row === undefined || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row === undefined ? (
        <div
          role="gridcell"
          aria-colindex={1}
          aria-colspan={columns.length}
          tabIndex={focusColumn >= 0 ? 0 : -1}
          className={styles.waiting}
          data-column={0}
        />
      ) : (
        columns.map((column, at) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={at + 1}
            tabIndex={focusColumn === at ? 0 : -1}
            className={styles.cell}
            data-column={at}
            data-align={column.align}
            data-pinned={column.pinned}
            style={pinStyle(column, at)}
          >
            {renderCell(row, column.id)}
          </div>
        ))
      )}
    </div>
  );
}

/**
 * One row; while its data is on the way only one cell, since scrolling fast draws many of those. Drawn again only when something about it
 * changes: this is what keeps scrolling smooth.
 */
export const GridRow = memo(Row) as typeof Row;
