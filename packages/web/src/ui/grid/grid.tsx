import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import styles from './grid.module.css';
import { GridHead } from './grid-head.tsx';
import { GridHeading } from './grid-heading.tsx';
import { GridRow, pinStyle } from './grid-row.tsx';
import type { GridColumn, GridPoint, GridProps } from './grid-types.ts';
import { SELECT_COLUMN, useColumnsWithSelection } from './select-column.tsx';
import { useGridColumns } from './use-grid-columns.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useSideways } from './use-sideways.ts';

/** Rows drawn beyond the visible ones, on each side. */
const OVERSCAN = 10;

/**
 * A grid of any length: only the rows in sight are in the document, the data may arrive later, and the whole pattern of
 * an ARIA grid (roving focus, arrows, Home, End, pages, Space, menu key) is kept. It knows nothing of what it shows.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, count, itemAt, keyOf, rowHeight, selection, onRange, dimmed = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const withSelection = useColumnsWithSelection(props);
  useSideways(scroller);
  const { columns, variables } = useGridColumns(withSelection.columns, props.onResize);
  const [focusRow, setFocusRow] = useState(-1);

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: 36,
    scrollPaddingEnd: props.renderSummary ? 40 : 0,
    rangeExtractor: useKeepRow(focusRow),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density measures every row anew.
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const { resetKey } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows start at the top.
  useEffect(() => virtualizer.scrollToOffset(0), [resetKey]);

  const items = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);

  const keys = useGridKeys({
    scroller,
    count,
    columnCount: columns.length,
    pageSize: Math.max(1, last - first - 1),
    focusRow,
    setFocusRow,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    act: useActions(props),
  });

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable={selection ? true : undefined}
      aria-busy={dimmed || undefined}
      className={styles.grid}
      style={variables}
      {...keys.handlers}
    >
      <GridHead
        columns={columns}
        focusColumn={focusRow === -1 ? keys.focusColumn : -1}
        onSort={props.onSort}
        onReorder={props.onReorder}
        onMenu={props.onColumnMenu}
      />
      <div role="rowgroup" className={styles.body} data-dimmed={dimmed} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const item = itemAt(index);
          if (item?.kind === 'heading') {
            return (
              <GridHeading
                key={index}
                item={item}
                index={index}
                top={start}
                focused={focusRow === index}
                span={columns.length}
              />
            );
          }
          const row = item?.row;
          const key = row === undefined ? undefined : keyOf(row);
          return (
            <GridRow
              key={index}
              row={row}
              index={index}
              top={start}
              columns={columns}
              renderCell={withSelection.renderCell}
              selectable={selection !== undefined}
              selected={row !== undefined && (selection?.isSelected(row) ?? false)}
              current={key !== undefined && key === props.currentKey}
              flashing={key !== undefined && (props.flashing?.has(key) ?? false)}
              focusColumn={focusRow === index ? keys.focusColumn : -1}
            />
          );
        })}
      </div>
      {props.renderSummary && <SummaryRow columns={columns} count={count} render={props.renderSummary} />}
    </div>
  );
}

/** Rows in sight, and the one with the focus wherever it is: a focused row must not leave the document. */
function useKeepRow(row: number) {
  return useCallback(
    (range: { startIndex: number; endIndex: number; overscan: number; count: number }) => {
      const start = Math.max(0, range.startIndex - range.overscan);
      const end = Math.min(range.count - 1, range.endIndex + range.overscan);
      const indexes = Array.from({ length: Math.max(0, end - start + 1) }, (_, at) => start + at);
      if (row >= 0 && row < range.count && (row < start || row > end)) indexes.push(row);
      return indexes;
    },
    [row],
  );
}

/** What the keys and the pointer do to the row they are on. */
function useActions<Row>({ itemAt, selection, onOpen, onOpenNewTab, onRowMenu }: GridProps<Row>) {
  return {
    open(index: number, newTab: boolean) {
      const item = itemAt(index);
      if (item?.kind === 'heading') item.toggle();
      else if (item && newTab) onOpenNewTab(item.row);
      else if (item) onOpen(item.row, index);
    },
    select(index: number, range: boolean) {
      const item = itemAt(index);
      if (item?.kind === 'row') selection?.toggle(item.row, index, range);
    },
    menu(index: number, at: GridPoint) {
      const item = itemAt(index);
      if (item?.kind === 'row') onRowMenu?.(item.row, at);
    },
  };
}

function SummaryRow({
  columns,
  count,
  render,
}: {
  columns: readonly GridColumn[];
  count: number;
  render: (id: string) => ReactNode;
}) {
  return (
    <div role="rowgroup" className={styles.foot}>
      <div role="row" tabIndex={-1} aria-rowindex={count + 2} className={styles.footRow}>
        {columns.map((column, at) => (
          <div
            key={column.id}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={at + 1}
            className={styles.footCell}
            data-align={column.align}
            data-pinned={column.pinned}
            style={pinStyle(column, at)}
          >
            {column.id === SELECT_COLUMN ? null : render(column.id)}
          </div>
        ))}
      </div>
    </div>
  );
}
