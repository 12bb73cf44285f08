import { messageOf } from '../../data/client.ts';
import { useSession, useSignIn } from '../../data/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { LinkForm } from './link-form.tsx';
import { messages } from './messages.ts';
import { PasswordForm } from './password-form.tsx';

/** Over the page when the session ends while somebody works: nothing that was entered is lost. */
export function SessionEnded() {
  const { passwordSignIn } = useSession();
  const signIn = useSignIn();
  return (
    <Dialog opened onClose={() => {}} insistent title={messages.expiredTitle}>
      <p>{messages.expiredText}</p>
      {signIn.error && <Notice tone="danger">{messageOf(signIn.error)}</Notice>}
      {passwordSignIn ? (
        <PasswordForm busy={signIn.isPending} onSubmit={(body) => signIn.mutate(body)} />
      ) : (
        <LinkForm busy={signIn.isPending} onSubmit={(token) => signIn.mutate({ token })} />
      )}
    </Dialog>
  );
}
