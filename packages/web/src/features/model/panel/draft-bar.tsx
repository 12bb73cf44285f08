import { Button } from '../../../ui/button.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { countChanges, type Edit } from '../use-drafts.ts';

interface DraftBarProps {
  edit: Edit;
  unreadable: boolean;
  /** The blueprint was changed elsewhere since the edit began. */
  hasMoved: boolean;
  onDiscard: () => void;
  onReview: () => void;
}

/** Below an edited blueprint: how much is not saved yet, and the two ways on. */
export function DraftBar({ edit, unreadable, hasMoved, onDiscard, onReview }: DraftBarProps) {
  const isNew = edit.base === undefined;
  const said = isNew ? messages.unsavedNew : messages.changes(countChanges(edit));
  const reason = unreadable ? messages.unreadable : hasMoved ? messages.movedOn : undefined;
  return (
    <footer className={styles.draftBar}>
      <p role="status" className={styles.draftText} data-problem={reason !== undefined || undefined}>
        {reason ?? said}
      </p>
      <Button onClick={onDiscard}>{hasMoved ? messages.startOver : messages.discard}</Button>
      {!hasMoved && (
        <Button variant="primary" disabled={unreadable} onClick={onReview}>
          {isNew ? messages.reviewNew : messages.review}
        </Button>
      )}
    </footer>
  );
}
