import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconArrowDown, IconArrowUp, IconColumns3, IconPin } from '../../ui/icons.ts';
import { Popover } from '../../ui/popover.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { type Field, TITLE } from './fields.ts';
import { messages } from './messages.ts';
import styles from './toolbar.module.css';
import type { View } from './use-view.ts';
import { type ColumnState, printColumns } from './view.ts';

export interface ColumnsMenuProps {
  view: View;
  /** Keeps the present columns as the person's own default. */
  onKeep: (columns: string) => void;
}

/** Which columns there are, in which order, and which stay at the left edge. */
export function ColumnsMenu({ view, onKeep }: ColumnsMenuProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      label={messages.columns}
      width={360}
      opened={opened}
      onChange={setOpened}
      trigger={
        <Button
          variant="plain"
          icon={<IconColumns3 size={16} stroke={1.5} />}
          data-active={view.search.columns !== undefined}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          {messages.columns}
        </Button>
      }
    >
      <ColumnList view={view} onKeep={onKeep} />
    </Popover>
  );
}

/** The list keeps its order while it is open, so that a column that is hidden does not slip from under the pointer. */
function ColumnList({ view, onKeep }: ColumnsMenuProps) {
  const { columns, fields } = view;
  const shown = new Map(columns.map((column) => [column.id, column]));
  const [words, setWords] = useState('');
  const [order, setOrder] = useState(() => [
    ...shown.keys(),
    ...fields.map(({ id }) => id).filter((id) => !shown.has(id)),
  ]);
  const apply = (nextOrder: readonly string[], isShown: (id: string) => boolean) =>
    view.setColumns(nextOrder.filter(isShown).map((id) => shown.get(id) ?? { id }));
  const toggle = (id: string) => apply(order, (each) => (each === id ? !shown.has(id) : shown.has(each)));
  const move = (id: string, by: number) => {
    const next = moveAmong(order, id, by, (each) => shown.has(each));
    setOrder(next);
    apply(next, (each) => shown.has(each));
  };
  const found = order.flatMap((id) => fields.filter((field) => field.id === id && matches(field.title, words)));
  return (
    <div className={styles.stack}>
      <TextField
        label={messages.findColumn}
        hideLabel
        placeholder={messages.findColumn}
        type="search"
        value={words}
        onChange={setWords}
      />
      <ul className={styles.columnList}>
        {found.map((field) => (
          <ColumnLine
            key={field.id}
            field={field}
            column={shown.get(field.id)}
            isFirst={field.id === columns[0]?.id}
            isLast={field.id === columns.at(-1)?.id}
            onToggle={() => toggle(field.id)}
            onPin={() => view.setColumns(togglePin(columns, field.id))}
            onMove={(by) => move(field.id, by)}
          />
        ))}
      </ul>
      <div className={styles.line}>
        <Button size="compact" onClick={() => onKeep(printColumns(columns))}>
          {messages.keepColumns}
        </Button>
        <Button size="compact" variant="plain" onClick={() => view.change({ columns: undefined })}>
          {messages.resetColumns}
        </Button>
      </div>
    </div>
  );
}

interface ColumnLineProps {
  field: Field;
  /** Absent while the column is hidden. */
  column: ColumnState | undefined;
  isFirst: boolean;
  isLast: boolean;
  onToggle: () => void;
  onPin: () => void;
  onMove: (by: number) => void;
}

function ColumnLine({ field, column, isFirst, isLast, onToggle, onPin, onMove }: ColumnLineProps) {
  const isPinned = column?.pinned === 'start';
  return (
    <li className={styles.columnLine}>
      <Checkbox label={field.title} checked={column !== undefined} disabled={field.id === TITLE} onChange={onToggle} />
      {column && (
        <span className={styles.columnTools}>
          <IconButton
            label={`${isPinned ? messages.unpin : messages.pinStart}: ${field.title}`}
            size="compact"
            data-active={isPinned}
            aria-pressed={isPinned}
            onClick={onPin}
          >
            <IconPin size={16} stroke={1.5} />
          </IconButton>
          <IconButton
            label={`${messages.moveUp}: ${field.title}`}
            size="compact"
            disabled={isFirst}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={16} stroke={1.5} />
          </IconButton>
          <IconButton
            label={`${messages.moveDown}: ${field.title}`}
            size="compact"
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={16} stroke={1.5} />
          </IconButton>
        </span>
      )}
    </li>
  );
}

function matches(title: string, words: string): boolean {
  return title.toLowerCase().includes(words.trim().toLowerCase());
}

/** Changes places with the next shown one before or after. */
function moveAmong(order: readonly string[], id: string, by: number, isShown: (id: string) => boolean): string[] {
  const shown = order.filter(isShown);
  const other = shown[shown.indexOf(id) + by];
  return order.map((each) => (each === id ? (other ?? id) : each === other ? id : each));
}

export function togglePin(columns: readonly ColumnState[], id: string): ColumnState[] {
  return columns.map(({ pinned, ...column }) =>
    column.id === id ? (pinned ? column : { ...column, pinned: 'start' }) : pinned ? { ...column, pinned } : column,
  );
}

/** Moves a column by so many places; at the edge it stays. */
export function moveColumn(columns: readonly ColumnState[], id: string, by: number): ColumnState[] {
  const at = columns.findIndex((column) => column.id === id);
  const to = Math.max(0, Math.min(columns.length - 1, at + by));
  const next = [...columns];
  const [column] = next.splice(at, 1);
  if (column) next.splice(to, 0, column);
  return next;
}

/** Puts a column in front of another. */
export function moveBefore(columns: readonly ColumnState[], id: string, before: string): ColumnState[] {
  const moved = columns.find((column) => column.id === id);
  if (!moved) return [...columns];
  return columns
    .filter((column) => column !== moved)
    .flatMap((column) => (column.id === before ? [moved, column] : [column]));
}

export function resized(columns: readonly ColumnState[], id: string, width: number): ColumnState[] {
  return columns.map((column) =>
    column.id === id ? { ...column, width: Math.max(48, Math.min(1200, width)) } : column,
  );
}
