import { type DragEvent, useState } from 'react';
import { IconArrowDown, IconArrowUp, IconDots } from '../icons.ts';
import styles from './grid.module.css';
import { pinStyle } from './grid-row.tsx';
import type { GridPoint } from './grid-types.ts';
import type { PlacedColumn } from './use-grid-columns.ts';

export interface GridHeadProps {
  columns: readonly PlacedColumn[];
  focusColumn: number;
  onSort: (id: string, additive: boolean) => void;
  onReorder: (id: string, before: string) => void;
  onMenu?: ((id: string, at: GridPoint) => void) | undefined;
}

const DRAGGED = 'application/x-gantry-column';

/** The head: click sorts, Shift adds a key, drag moves, the right edge resizes; all of it is in the column's menu too. */
export function GridHead({ columns, focusColumn, onSort, onReorder, onMenu }: GridHeadProps) {
  const [over, setOver] = useState<string>();
  const drop = (event: DragEvent, target: string) => {
    setOver(undefined);
    const dragged = event.dataTransfer.getData(DRAGGED);
    if (dragged && dragged !== target) onReorder(dragged, target);
  };
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" tabIndex={-1} aria-rowindex={1} className={styles.headRow} data-index={-1}>
        {columns.map((column, at) => (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={ariaSort(column)}
            tabIndex={focusColumn === at ? 0 : -1}
            className={styles.headCell}
            data-column={at}
            data-align={column.align}
            data-pinned={column.pinned}
            data-sortable={column.sortable || undefined}
            data-over={over === column.id || undefined}
            style={pinStyle(column, at)}
            draggable={column.pinned === undefined}
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.id)}
            onDragOver={(event) => {
              if (column.pinned || !event.dataTransfer.types.includes(DRAGGED)) return;
              event.preventDefault();
              setOver(column.id);
            }}
            onDragLeave={() => setOver(undefined)}
            onDrop={(event) => drop(event, column.id)}
            onClick={(event) => column.sortable && onSort(column.id, event.shiftKey)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !column.sortable) return;
              event.stopPropagation();
              onSort(column.id, event.shiftKey);
            }}
          >
            {column.head === undefined ? (
              <span className={styles.headTitle}>{column.title}</span>
            ) : (
              (column.head ?? <span className="visually-hidden">{column.title}</span>)
            )}
            <SortMark column={column} />
            {onMenu && column.startResize && !column.id.startsWith('#') && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.headMenu}
                aria-label={`Column menu of ${column.title}`}
                onClick={(event) => {
                  event.stopPropagation();
                  const { left, bottom } = event.currentTarget.getBoundingClientRect();
                  onMenu(column.id, { x: left, y: bottom });
                }}
              >
                <IconDots size={14} aria-hidden="true" />
              </button>
            )}
            {column.startResize && !column.id.startsWith('#') && (
              <span
                aria-hidden="true"
                className={styles.edge}
                draggable
                onDragStart={(event) => {
                  event.preventDefault();
                  event.stopPropagation();
                }}
                onClick={(event) => event.stopPropagation()}
                onMouseDown={column.startResize}
                onTouchStart={column.startResize}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function SortMark({ column }: { column: PlacedColumn }) {
  if (!column.sort) return null;
  const Arrow = column.sort.order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <span className={styles.sortMark} aria-hidden="true">
      <Arrow size={14} />
      {column.sort.rank}
    </span>
  );
}

function ariaSort({ sort, sortable }: PlacedColumn) {
  if (!sortable) return undefined;
  if (!sort) return 'none' as const;
  return sort.order === 'asc' ? ('ascending' as const) : ('descending' as const);
}
