import { Button, IconButton } from '../../ui/button.tsx';
import { IconTrash, IconX } from '../../ui/icons.ts';
import { messages } from './messages.ts';
import styles from './selection-bar.module.css';
import type { Selection } from './use-selection.ts';

export interface SelectionBarProps {
  selection: Selection;
  total: number;
  mayDelete: boolean;
  onDelete: () => void;
}

/** Slides up while rows are selected: how many, all that match, and what can be done with them. */
export function SelectionBar({ selection, total, mayDelete, onDelete }: SelectionBarProps) {
  if (selection.count === 0) return null;
  return (
    <section className={styles.bar} aria-label={messages.selected(selection.count)}>
      <span className={styles.count} role="status">
        {messages.selected(selection.count)}
      </span>
      {!selection.all && (
        <Button size="compact" variant="plain" onClick={selection.chooseMatching}>
          {messages.selectAllMatching(total)}
        </Button>
      )}
      {mayDelete && (
        <Button size="compact" icon={<IconTrash size={16} stroke={1.5} />} onClick={onDelete}>
          {messages.deleteSelected}
        </Button>
      )}
      <IconButton label={messages.clearSelection} size="compact" onClick={selection.clear}>
        <IconX size={16} />
      </IconButton>
    </section>
  );
}
