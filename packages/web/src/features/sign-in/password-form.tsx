import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';

export interface PasswordFormProps {
  busy: boolean;
  onSubmit: (body: { email: string; password: string }) => void;
}

/** E-mail and password, named so that password managers recognise them; pasting works. */
export function PasswordForm({ busy, onSubmit }: PasswordFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ email, password });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={messages.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={messages.password}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" variant="primary" size="form" busy={busy}>
        {messages.signIn}
      </Button>
    </form>
  );
}
