import { localPath } from '@gantry/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { messageOf, statusOf } from '../../data/client.ts';
import { useSession, useSignIn } from '../../data/session.ts';
import { Logo } from '../../shell/logo.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Notice } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import styles from './sign-in.module.css';
import { WaysIn } from './ways-in.tsx';

/** Gets a person in, by identity provider, password or one-time link, and back to where they wanted to go. */
export function SignInPage() {
  const { organization, passwordSignIn, version } = useSession();
  const { to, token, refusal, problem } = useSearch({ from: '/sign-in' });
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
        {problem && <Notice tone="danger">{messages[problem]}</Notice>}
        {refusal && <RefusalNotice reference={refusal} />}
        {token !== undefined && signIn.isPending ? (
          <p role="status">{messages.signingIn}</p>
        ) : (
          <WaysIn
            to={to}
            password={passwordSignIn}
            busy={signIn.isPending}
            onSubmit={(body) => signIn.mutate(body, { onSuccess: done })}
          />
        )}
      </div>
      <footer className={styles.footer}>{messages.version(version)}</footer>
    </main>
  );
}

/** Goes to the page that was asked for before; only to pages of ours, never to another site. */
function useArrival(to: string | undefined): () => void {
  const navigate = useNavigate();
  const page = localPath(to);
  const target = page.startsWith('/sign-in') ? '/' : page;
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
