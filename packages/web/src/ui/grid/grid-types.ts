import type { ReactNode } from 'react';

export interface GridColumn {
  readonly id: string;
  /** In plain words: for screen readers and the column's menu. */
  readonly title: string;
  /** Instead of the title in the head; null leaves the title to screen readers. */
  readonly head?: ReactNode;
  /** Pixels. */
  readonly width: number;
  readonly pinned?: 'start' | 'end';
  readonly align?: 'end';
  readonly sortable?: boolean;
  /** Present while the rows are sorted by it; `rank` counts from 1 when there are several keys. */
  readonly sort?: { readonly order: 'asc' | 'desc'; readonly rank?: number };
}

/** What is at an index of the grid: a row, a heading across all columns, or nothing yet. */
export type GridItem<Row> =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'heading'; readonly content: ReactNode; readonly expanded: boolean; readonly toggle: () => void };

export interface GridSelection<Row> {
  readonly all: boolean;
  readonly some: boolean;
  isSelected(row: Row): boolean;
  /** `range` extends from the row toggled last. */
  toggle(row: Row, index: number, range: boolean): void;
  toggleAll(): void;
}

/** Where the pointer or the focus was when a menu was asked for, in window pixels. */
export interface GridPoint {
  readonly x: number;
  readonly y: number;
}

/** A place in the grid: row -1 is the head. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly GridColumn[];
  /** How many items there are in all, drawn or not. */
  count: number;
  /** Undefined while it is still on its way. */
  itemAt: (index: number) => GridItem<Row> | undefined;
  keyOf: (row: Row) => string;
  titleOf: (row: Row) => string;
  /** Must be stable: a new function draws every row again. */
  renderCell: (row: Row, columnId: string) => ReactNode;
  rowHeight: number;
  /** Another value starts again at the top: other rows than before. */
  resetKey: unknown;
  selection?: GridSelection<Row>;
  /** Key of the row whose preview is open. */
  currentKey?: string | undefined;
  flashing?: ReadonlySet<string>;
  /** Old rows while new ones are on their way. */
  dimmed?: boolean;
  onOpen: (row: Row, index: number) => void;
  onOpenNewTab: (row: Row) => void;
  onRowMenu?: (row: Row, at: GridPoint) => void;
  onColumnMenu?: (id: string, at: GridPoint) => void;
  onSort: (id: string, additive: boolean) => void;
  onResize: (id: string, width: number) => void;
  onReorder: (id: string, before: string) => void;
  /** Called with the first and last index drawn, whenever they change. */
  onRange: (first: number, last: number) => void;
  /** What stands under a column, pinned to the lower edge. */
  renderSummary?: ((columnId: string) => ReactNode) | undefined;
}
