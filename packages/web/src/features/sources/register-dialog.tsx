import { useId, useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { useCreateLocation } from '../../data/sources.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import styles from './sources.module.css';

export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [target, setTarget] = useState('');
  const register = useCreateLocation();
  const submit = () =>
    register.mutate(target.trim(), {
      onSuccess: () => {
        showToast({ message: messages.added });
        onClose();
      },
    });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.addTitle}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="primary" type="submit" form={id} busy={register.isPending} disabled={target.trim() === ''}>
            {messages.addAction}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={messages.address}
          description={messages.addText}
          placeholder={messages.addressExample}
          code
          autoFocus
          value={target}
          onChange={(text) => {
            setTarget(text);
            register.reset();
          }}
          error={register.error ? messageOf(register.error) : undefined}
        />
      </form>
    </Dialog>
  );
}
