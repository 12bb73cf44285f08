import { type ReactNode, useId, useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { type Secret, useChangeSecret, useCreateSecret } from '../../data/secrets.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { messages } from './messages.ts';
import styles from './secrets.module.css';

export function AddSecretDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [description, setDescription] = useState('');
  const create = useCreateSecret();
  const isNameWrong = !/^[A-Za-z0-9_-]*$/.test(name);
  const save = () => {
    const body = { secretName: name, secretValue: value, ...(description ? { description } : {}) };
    create.mutate(body, { onSuccess: () => leave(name, onClose) });
  };
  return (
    <SecretForm
      title={messages.addTitle}
      busy={create.isPending}
      error={create.error}
      ready={name !== '' && !isNameWrong && value !== ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={messages.name}
        description={messages.nameHelp}
        error={isNameWrong ? messages.nameWrong : undefined}
        code
        autoFocus
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={setName}
      />
      <ValueField label={messages.value} value={value} onChange={setValue} />
      <DescriptionField value={description} onChange={setDescription} />
    </SecretForm>
  );
}

export function ChangeSecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { secretName: name, description: before = '' } = secret;
  const [value, setValue] = useState('');
  const [description, setDescription] = useState(before);
  const change = useChangeSecret(name);
  const save = () => {
    const body = { ...(value ? { secretValue: value } : {}), ...(description === before ? {} : { description }) };
    change.mutate(body, { onSuccess: () => leave(name, onClose) });
  };
  return (
    <SecretForm
      title={messages.replaceTitle(name)}
      busy={change.isPending}
      error={change.error}
      ready={value !== '' || description !== before}
      onSubmit={save}
      onClose={onClose}
    >
      <ValueField
        label={messages.newValue}
        description={secret.readable ? messages.newValueHelp : messages.keyLostText}
        autoFocus
        value={value}
        onChange={setValue}
      />
      <DescriptionField value={description} onChange={setDescription} />
    </SecretForm>
  );
}

function leave(name: string, onClose: () => void): void {
  showToast({ message: messages.saved(name) });
  onClose();
}

interface SecretFormProps {
  title: string;
  busy: boolean;
  error: unknown;
  ready: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

function SecretForm({ title, busy, error, ready, onSubmit, onClose, children }: SecretFormProps) {
  const id = useId();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="primary" type="submit" form={id} busy={busy} disabled={!ready}>
            {messages.save}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSubmit();
        }}
      >
        {children}
        {error ? <Notice tone="danger">{messageOf(error)}</Notice> : null}
      </form>
    </Dialog>
  );
}

interface ValueFieldProps {
  label: string;
  description?: string;
  autoFocus?: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** Masked on one line; what has several has to be seen, for a field of one line would join them. */
function ValueField(props: ValueFieldProps) {
  const [isLong, setLong] = useState(false);
  return (
    <div>
      {isLong ? <TextArea {...props} code minRows={5} /> : <TextField {...props} type="password" autoComplete="off" />}
      <div className={styles.lines}>
        <Checkbox label={messages.severalLines} checked={isLong} onChange={setLong} />
      </div>
    </div>
  );
}

function DescriptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return <TextField label={messages.description} maxLength={200} value={value} onChange={onChange} />;
}
