import { PageTitle } from '../../shell/page-title.tsx';
import { IconCircleCheck } from '../../ui/icons.ts';
import { StateMessage } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';

/** Where a second window ends: what was begun in the first goes on there. */
export function DonePage() {
  return (
    <main className={styles.page}>
      <PageTitle parts={[messages.done]} />
      <StateMessage heading="h1" icon={<IconCircleCheck size={32} stroke={1.5} />} title={messages.done}>
        {messages.doneText}
      </StateMessage>
    </main>
  );
}
