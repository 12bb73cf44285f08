import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { messageOf, statusOf } from '../../data/client.ts';
import { useSession, useSignIn } from '../../data/session.ts';
import { Logo } from '../../shell/logo.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Notice } from '../../ui/states.tsx';
import { LinkForm } from './link-form.tsx';
import { messages } from './messages.ts';
import { PasswordForm } from './password-form.tsx';
import styles from './sign-in.module.css';

/** Gets a person in, by password or one-time link, and back to where they wanted to go. */
export function SignInPage() {
  const { organization, passwordSignIn, version } = useSession();
  const { to, token } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  const done = useArrival(to);
  useToken(token, (each) => signIn.mutate({ token: each }, { onSuccess: done }));
  const isWrongLink = token !== undefined && statusOf(signIn.error) === 401;

  return (
    <main className={styles.page}>
      <PageTitle parts={[messages.title]} />
      <div className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>{messages.signInTo(organization.name)}</h1>
        {signIn.error && <Notice tone="danger">{isWrongLink ? messages.wrongLink : messageOf(signIn.error)}</Notice>}
        {token !== undefined && signIn.isPending ? (
          <p role="status">{messages.signingIn}</p>
        ) : passwordSignIn ? (
          <PasswordForm busy={signIn.isPending} onSubmit={(body) => signIn.mutate(body, { onSuccess: done })} />
        ) : (
          <LinkForm busy={signIn.isPending} onSubmit={(each) => signIn.mutate({ token: each }, { onSuccess: done })} />
        )}
      </div>
      <footer className={styles.footer}>{messages.version(version)}</footer>
    </main>
  );
}

/** Goes to the page that was asked for before; only to pages of ours, never to another site. */
function useArrival(to: string | undefined): () => void {
  const navigate = useNavigate();
  const target = to?.startsWith('/') && !to.startsWith('//') && !to.startsWith('/sign-in') ? to : '/';
  return () => void navigate({ href: target, replace: true });
}

/** Uses the token of the link once, also where effects run twice. */
function useToken(token: string | undefined, use: (token: string) => void): void {
  const used = useRef<string>(undefined);
  const run = useRef(use);
  run.current = use;
  useEffect(() => {
    if (!token || used.current === token) return;
    used.current = token;
    run.current(token);
  }, [token]);
}
