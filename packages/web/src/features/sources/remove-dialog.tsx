import { useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { useDeleteLocation } from '../../data/sources.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { messages } from './messages.ts';
import type { Source } from './source-view.ts';
import styles from './sources.module.css';

export function RemoveDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const [deleteEntities, setDeleteEntities] = useState(false);
  const remove = useDeleteLocation();
  const confirm = () =>
    remove.mutate(
      { location: source.id, deleteEntities },
      {
        onSuccess: () => {
          showToast({ message: messages.removed });
          onClose();
        },
      },
    );
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.removeTitle}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="danger" busy={remove.isPending} onClick={confirm}>
            {messages.removeAction}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.target}>{source.target}</p>
        <p>{messages.removeText(source.entities)}</p>
        {source.entities > 0 && (
          <Checkbox
            checked={deleteEntities}
            onChange={setDeleteEntities}
            label={messages.removeEntities(source.entities)}
          />
        )}
        {remove.error && (
          <Notice tone="danger" icon={<IconAlertTriangle size={16} />}>
            {messageOf(remove.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
