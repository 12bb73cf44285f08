import { type ReactNode, useId } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';

interface EditorDialogProps {
  title: string;
  /** Another word for the button than "Done". */
  action?: string;
  busy?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: Enter in a field and Ctrl Enter anywhere submit it. */
export function EditorDialog({ title, action = messages.done, busy, onSubmit, onClose, children }: EditorDialogProps) {
  const id = useId();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="primary" type="submit" form={id} busy={busy ?? false}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
