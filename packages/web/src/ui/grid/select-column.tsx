import { useCallback, useMemo, useRef } from 'react';
import styles from './grid.module.css';
import type { GridColumn, GridProps } from './grid-types.ts';

/** The column of check boxes. Ids with `#` are the grid's own. */
export const SELECT_COLUMN = '#select';

/** Puts the check boxes before the columns when rows can be selected. */
export function useColumnsWithSelection<Row>({ columns, selection, renderCell, titleOf }: GridProps<Row>) {
  const selectable = selection !== undefined;
  const now = useRef({ selection, titleOf });
  now.current = { selection, titleOf };
  const all = selection?.all ?? false;
  const some = selection?.some ?? false;

  const withColumn = useMemo((): readonly GridColumn[] => {
    if (!selectable) return columns;
    const head = (
      <input
        type="checkbox"
        tabIndex={-1}
        className={styles.box}
        aria-label="Select all rows"
        checked={all}
        ref={(input) => {
          if (input) input.indeterminate = some && !all;
        }}
        onChange={() => now.current.selection?.toggleAll()}
      />
    );
    return [{ id: SELECT_COLUMN, title: 'Selection', head, width: 40, pinned: 'start' }, ...columns];
  }, [columns, selectable, all, some]);

  const render = useCallback(
    (row: Row, columnId: string) => {
      if (columnId !== SELECT_COLUMN) return renderCell(row, columnId);
      return (
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.box}
          data-select="true"
          aria-label={`Select ${now.current.titleOf(row)}`}
          checked={now.current.selection?.isSelected(row) ?? false}
          readOnly
        />
      );
    },
    [renderCell],
  );
  return { columns: withColumn, renderCell: selectable ? render : renderCell };
}
