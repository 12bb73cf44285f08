import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { GridPlace, GridPoint } from './grid-types.ts';

export interface GridKeysOptions {
  scroller: RefObject<HTMLDivElement | null>;
  count: number;
  columnCount: number;
  /** Rows in a screenful. */
  pageSize: number;
  focusRow: number;
  setFocusRow: (row: number) => void;
  scrollTo: (row: number) => void;
  act: {
    open(row: number, newTab: boolean): void;
    select(row: number, range: boolean): void;
    menu(row: number, at: GridPoint): void;
  };
}

/**
 * Keyboard and pointer of a grid: one cell is in the tab order, arrows move it, F2 goes into a cell and Esc comes back.
 * Controls inside cells are out of the tab order, so that Tab leaves the grid.
 */
export function useGridKeys(options: GridKeysOptions) {
  const { scroller, count, columnCount, pageSize, focusRow, setFocusRow, scrollTo, act } = options;
  const [focusColumn, setFocusColumn] = useState(0);
  const moved = useRef(false);

  const move = (row: number, column: number) => {
    const to = Math.max(-1, Math.min(count - 1, row));
    moved.current = true;
    setFocusRow(to);
    setFocusColumn(Math.max(0, Math.min(columnCount - 1, column)));
    if (to >= 0) scrollTo(to);
  };

  // After every draw: the cell may only now have come into the document.
  useEffect(() => {
    if (!moved.current) return;
    const row = scroller.current?.querySelector(`[data-index="${focusRow}"]`);
    const cell =
      row?.querySelector<HTMLElement>(`[data-column="${focusColumn}"]`) ??
      row?.querySelector<HTMLElement>('[data-column]');
    if (!cell) return;
    moved.current = false;
    cell.focus({ preventScroll: focusRow >= 0 });
    cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const inside = !(event.target as HTMLElement).matches('[data-column]');
    if (inside) {
      if (event.key === 'Escape') {
        event.stopPropagation();
        (event.target as HTMLElement).closest<HTMLElement>('[data-column]')?.focus();
      }
      return;
    }
    const wholeGrid = event.ctrlKey || event.metaKey;
    const to = destination(event.key, wholeGrid, { focusRow, focusColumn, count, columnCount, pageSize });
    if (to) move(to.row, to.column);
    else if (event.key === 'Enter' && focusRow >= 0) act.open(focusRow, wholeGrid);
    else if (event.key === ' ' && focusRow >= 0) act.select(focusRow, event.shiftKey);
    else if (event.key === 'F2') (event.target as HTMLElement).querySelector<HTMLElement>('a, button')?.focus();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event);
    else return;
    event.preventDefault();
  };

  const openMenu = (event: KeyboardEvent<HTMLElement>) => {
    const { left, bottom } = (event.target as HTMLElement).getBoundingClientRect();
    if (focusRow >= 0) act.menu(focusRow, { x: left + 16, y: bottom });
    else (event.target as HTMLElement).querySelector<HTMLElement>('button')?.click();
  };

  const placeOf = (target: EventTarget) => {
    const cell = (target as HTMLElement).closest<HTMLElement>('[data-column]');
    const row = cell?.closest<HTMLElement>('[data-index]');
    if (!cell || !row) return undefined;
    return { row: Number(row.dataset.index), column: Number(cell.dataset.column), cell };
  };

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    if (!place || place.row < 0) return;
    const target = event.target as HTMLElement;
    if (place.cell.querySelector('[data-select]')) {
      act.select(place.row, event.shiftKey);
    } else if (!target.closest('a, button')) {
      act.open(place.row, event.metaKey || event.ctrlKey);
    }
  };

  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    if (!place || place.row < 0 || (event.target as HTMLElement).closest('a')) return;
    event.preventDefault();
    act.menu(place.row, { x: event.clientX, y: event.clientY });
  };

  /** Where the focus goes by pointer or Tab, the roving place follows. */
  const onFocus = (event: React.FocusEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    if (!place || (place.row === focusRow && place.column === focusColumn)) return;
    setFocusRow(place.row);
    setFocusColumn(place.column);
  };

  return { focusColumn, handlers: { onKeyDown, onClick, onContextMenu, onFocus } };
}

interface Bounds {
  focusRow: number;
  focusColumn: number;
  count: number;
  columnCount: number;
  pageSize: number;
}

/** Where a key leads from here; the caller keeps it inside the grid. Undefined for keys that do not move. */
function destination(key: string, wholeGrid: boolean, bounds: Bounds): GridPlace | undefined {
  const { focusRow: row, focusColumn: column, count, columnCount, pageSize } = bounds;
  switch (key) {
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'Home':
      return { row: wholeGrid ? 0 : row, column: 0 };
    case 'End':
      return { row: wholeGrid ? count - 1 : row, column: columnCount - 1 };
    case 'PageDown':
      return { row: row + pageSize, column };
    case 'PageUp':
      return { row: Math.max(0, row - pageSize), column };
    default:
      return undefined;
  }
}
