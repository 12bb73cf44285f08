import { useQuery } from '@tanstack/react-query';
import { refusalQuery, type SignInRefusal } from '../../data/sign-in.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';

/** Why an identity provider's answer let nobody in: what was missing, whom to ask, and what to quote. */
export function RefusalNotice({ reference }: { reference: string }) {
  const { data, error } = useQuery(refusalQuery(reference));
  if (error) return <Notice tone="danger">{messages.refusalLost}</Notice>;
  return data ? <Refusal refusal={data} /> : null;
}

function Refusal({ refusal }: { refusal: SignInRefusal }) {
  const { reason, providerName, problems, contact, reference } = refusal;
  const needsHelp = reason === 'not_allowed' || reason === 'no_account' || reason === 'disabled';
  return (
    <Notice tone="danger">
      <p>{messages.reasons[reason](providerName)}</p>
      {problems.length > 0 && (
        <ul className={styles.problems}>
          {problems.map(({ claim, message }) => (
            <li key={`${claim} ${message}`}>
              <code>{claim}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {needsHelp && <p>{contact === '' ? messages.askNobody : messages.ask(contact)}</p>}
      <p className={styles.reference}>
        {messages.reference} <code>{reference}</code>
        <CopyButton text={reference} label={messages.copyReference} />
      </p>
    </Notice>
  );
}
