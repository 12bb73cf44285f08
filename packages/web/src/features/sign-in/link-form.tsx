import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';
import { tokenIn } from './token-in.ts';

/** Where no password is set up: how to come by a one-time link, and a place to paste one. */
export function LinkForm({ busy, onSubmit }: { busy: boolean; onSubmit: (token: string) => void }) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = tokenIn(text);
    if (token) onSubmit(token);
    else setError(messages.tokenMissing);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.text}>{messages.withLink}</p>
      <code className={styles.code}>{messages.linkExample(location.origin)}</code>
      <TextField
        code
        label={messages.paste}
        description={messages.pasteHelp}
        value={text}
        onChange={(next) => {
          setText(next);
          setError(undefined);
        }}
        error={error}
        autoFocus
      />
      <Button type="submit" variant="primary" size="form" busy={busy}>
        {messages.signIn}
      </Button>
      <p className={styles.hint}>{messages.newLink}</p>
    </form>
  );
}
