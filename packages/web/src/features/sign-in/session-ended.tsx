import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { messageOf } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { useSession, useSignIn } from '../../data/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import { WaysIn } from './ways-in.tsx';

/** Over the page when the session ends while somebody works: nothing that was entered is lost. */
export function SessionEnded() {
  const { passwordSignIn } = useSession();
  const signIn = useSignIn();
  useReturn();
  return (
    <Dialog opened onClose={() => {}} insistent title={messages.expiredTitle}>
      <p>{messages.expiredText}</p>
      {signIn.error && <Notice tone="danger">{messageOf(signIn.error)}</Notice>}
      <Suspense>
        <WaysIn
          to="/sign-in/done"
          newWindow
          password={passwordSignIn}
          busy={signIn.isPending}
          onSubmit={signIn.mutate}
        />
      </Suspense>
    </Dialog>
  );
}

/** Whoever comes back from another window may have signed in there. */
function useReturn(): void {
  const client = useQueryClient();
  useEffect(() => {
    const look = () => void client.invalidateQueries({ queryKey: keys.session });
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [client]);
}
