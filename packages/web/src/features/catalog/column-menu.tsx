import type { GridPoint } from '../../ui/grid/index.ts';
import { MenuDivider, MenuItem } from '../../ui/menu.tsx';
import { PointMenu } from '../../ui/point-menu.tsx';
import { moveColumn, resized, togglePin } from './columns-menu.tsx';
import { type Field, TITLE } from './fields.ts';
import { messages } from './messages.ts';
import type { Column, View } from './use-view.ts';

export interface ColumnMenuProps {
  view: View;
  column: Column | undefined;
  at: GridPoint | undefined;
  onFilter: (field: Field) => void;
  onClose: () => void;
}

/** Everything a column's head can do by pointer, for the keyboard, and the rest. */
export function ColumnMenu({ view, column, at, onFilter, onClose }: ColumnMenuProps) {
  if (!column) return null;
  const { columns } = view;
  const { field, id } = column;
  const width = column.width ?? field.width;
  const sortBy = (order: 'asc' | 'desc') => view.setSort([{ property: id, order }]);
  return (
    <PointMenu at={at} label={field.title} onClose={onClose}>
      {field.sortable && (
        <>
          <MenuItem onSelect={() => sortBy('asc')}>{messages.sortAscending}</MenuItem>
          <MenuItem onSelect={() => sortBy('desc')}>{messages.sortDescending}</MenuItem>
          <MenuDivider />
        </>
      )}
      <MenuItem onSelect={() => onFilter(field)}>{messages.filterByThis}</MenuItem>
      {field.groupable && <MenuItem onSelect={() => view.change({ group: id })}>{messages.groupByThis}</MenuItem>}
      <MenuDivider />
      <MenuItem onSelect={() => view.setColumns(togglePin(columns, id))}>
        {column.pinned ? messages.unpin : messages.pinStart}
      </MenuItem>
      <MenuItem onSelect={() => view.setColumns(moveColumn(columns, id, -1))}>{messages.moveLeft}</MenuItem>
      <MenuItem onSelect={() => view.setColumns(moveColumn(columns, id, 1))}>{messages.moveRight}</MenuItem>
      <MenuItem stay onSelect={() => view.setColumns(resized(columns, id, width + 40), true)}>
        {messages.wider}
      </MenuItem>
      <MenuItem stay onSelect={() => view.setColumns(resized(columns, id, width - 40), true)}>
        {messages.narrower}
      </MenuItem>
      <MenuDivider />
      <MenuItem disabled={id === TITLE} onSelect={() => view.setColumns(columns.filter((each) => each !== column))}>
        {messages.hideColumn}
      </MenuItem>
    </PointMenu>
  );
}
