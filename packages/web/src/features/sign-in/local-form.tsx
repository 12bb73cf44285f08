import type { Body, createSession } from '@gantry/contract';
import { LinkForm } from './link-form.tsx';
import { PasswordForm } from './password-form.tsx';

export interface LocalFormProps {
  /** There is a password; else there are one-time links. */
  password: boolean;
  busy: boolean;
  onSubmit: (body: Body<typeof createSession>) => void;
}

/** Gantry's own way in, which needs no identity provider. */
export function LocalForm({ password, busy, onSubmit }: LocalFormProps) {
  if (password) return <PasswordForm busy={busy} onSubmit={onSubmit} />;
  return <LinkForm busy={busy} onSubmit={(token) => onSubmit({ token })} />;
}
