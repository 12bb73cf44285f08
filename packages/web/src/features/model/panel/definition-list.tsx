import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { IconArrowDown, IconArrowUp, IconDots, IconEdit, IconLock, IconTag, IconTrash } from '../../../ui/icons.ts';
import { Menu, MenuDivider, MenuItem } from '../../../ui/menu.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';

export interface DefinitionRow {
  key: string;
  title: string;
  icon?: ReactNode;
  /** What it is, in a few words. */
  summary: ReactNode;
  builtIn: boolean;
}

export interface DefinitionListProps {
  label: string;
  rows: readonly DefinitionRow[];
  mayWrite: boolean;
  onEdit: (key: string) => void;
  onRemove: (key: string) => void;
  onMove: (key: string, by: number) => void;
  /** Left out where a rename is not possible. */
  onRename?: (key: string) => void;
}

/** Named definitions in their order: each opens its editor, moves, is renamed or removed. */
export function DefinitionList({ label, rows, mayWrite, ...actions }: DefinitionListProps) {
  return (
    <ul className={styles.definitions} aria-label={label}>
      {rows.map((row, index) => (
        <li key={row.key} className={styles.definition}>
          <button
            type="button"
            className={styles.definitionButton}
            disabled={!mayWrite || row.builtIn}
            onClick={() => actions.onEdit(row.key)}
          >
            {row.icon}
            <span className={styles.definitionNames}>
              <span className={styles.definitionTitle}>{row.title}</span>
              <code className={styles.code}>{row.key}</code>
            </span>
            <span className={styles.definitionSummary}>{row.summary}</span>
          </button>
          {row.builtIn && (
            <StatusChip tone="neutral" icon={<IconLock size={14} />}>
              {messages.builtIn}
            </StatusChip>
          )}
          {mayWrite && !row.builtIn && (
            <RowMenu row={row} isFirst={index === 0} isLast={index === rows.length - 1} {...actions} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface RowMenuProps extends Omit<DefinitionListProps, 'label' | 'rows' | 'mayWrite'> {
  row: DefinitionRow;
  isFirst: boolean;
  isLast: boolean;
}

function RowMenu({ row, isFirst, isLast, onEdit, onRemove, onMove, onRename }: RowMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={messages.more(row.title)} size="compact" quiet>
          <IconDots size={16} />
        </IconButton>
      }
    >
      <MenuItem icon={<IconEdit size={16} />} onSelect={() => onEdit(row.key)}>
        {messages.edit}
      </MenuItem>
      {onRename && (
        <MenuItem icon={<IconTag size={16} />} onSelect={() => onRename(row.key)}>
          {messages.rename}
        </MenuItem>
      )}
      <MenuItem icon={<IconArrowUp size={16} />} disabled={isFirst} onSelect={() => onMove(row.key, -1)}>
        {messages.moveUp}
      </MenuItem>
      <MenuItem icon={<IconArrowDown size={16} />} disabled={isLast} onSelect={() => onMove(row.key, 1)}>
        {messages.moveDown}
      </MenuItem>
      <MenuDivider />
      <MenuItem danger icon={<IconTrash size={16} />} onSelect={() => onRemove(row.key)}>
        {messages.remove}
      </MenuItem>
    </Menu>
  );
}
