import { useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { type Secret, useDeleteSecret } from '../../data/secrets.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** There is no trash for secrets, so the name has to be typed. */
export function DeleteSecretDialog({ secret: { secretName }, onClose }: { secret: Secret; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const remove = useDeleteSecret();
  const confirm = () =>
    remove.mutate(secretName, {
      onSuccess: () => {
        showToast({ message: messages.removed(secretName) });
        onClose();
      },
    });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.removeTitle(secretName)}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="danger" busy={remove.isPending} disabled={typed !== secretName} onClick={confirm}>
            {messages.removeAction}
          </Button>
        </>
      }
    >
      <p>{messages.removeText}</p>
      <TextField code label={messages.removeConfirm(secretName)} value={typed} onChange={setTyped} autoFocus />
      {remove.error && <Notice tone="danger">{messageOf(remove.error)}</Notice>}
    </Dialog>
  );
}
