import { useState } from 'react';
import { messageOf } from '../../data/client.ts';
import type { TrashItem } from '../../data/trash.ts';
import { usePurge } from '../../data/writes.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** The one deletion that cannot be undone asks for the name to be typed. */
export function PurgeDialog({ item, onClose }: { item: TrashItem; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const purge = usePurge();
  const run = async () => {
    const gone = await purge.mutateAsync(item).then(
      () => true,
      () => false,
    );
    if (!gone) return;
    showToast({ message: messages.purged(item.title) });
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.purgeTitle(item.title)}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button
            variant="danger"
            busy={purge.isPending}
            disabled={typed !== item.identifier}
            onClick={() => void run()}
          >
            {messages.purge}
          </Button>
        </>
      }
    >
      <p>{messages.purgeText}</p>
      <TextField code label={messages.purgeConfirm(item.identifier)} value={typed} onChange={setTyped} autoFocus />
      {purge.error && <Notice tone="danger">{messageOf(purge.error)}</Notice>}
    </Dialog>
  );
}
