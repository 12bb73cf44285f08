import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../data/client.ts';
import { demoQuery, useLoadDemo, useRemoveDemo } from '../../data/sources.ts';
import { Button } from '../../ui/button.tsx';
import { IconSparkles } from '../../ui/icons.ts';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import styles from './sources.module.css';

/** The demo organization comes and goes with one press. */
export function DemoCard({ mayWrite }: { mayWrite: boolean }) {
  const { data: demo } = useQuery(demoQuery);
  const load = useLoadDemo();
  const remove = useRemoveDemo();
  if (!demo) return null;
  const onError = (error: Error) => showToast({ message: messageOf(error), tone: 'danger' });
  const bring = () =>
    load.mutate(undefined, { onSuccess: () => showToast({ message: messages.demoLoadedNow }), onError });
  const takeAway = () =>
    remove.mutate(undefined, {
      onSuccess: ({ kept }) =>
        showToast({ message: kept.length > 0 ? messages.demoKept(kept.length) : messages.demoRemoved }),
      onError,
    });
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <IconSparkles size={20} stroke={1.5} aria-hidden="true" className={styles.kind} />
      <div className={styles.naming}>
        <h2 id="demo-title" className={styles.sectionTitle}>
          {messages.demo}
        </h2>
        <p className={styles.quiet}>{demo.loaded ? messages.demoLoaded(demo.entities) : messages.demoText}</p>
      </div>
      {mayWrite &&
        (demo.loaded ? (
          <Button busy={remove.isPending} onClick={takeAway}>
            {messages.removeDemo}
          </Button>
        ) : (
          <Button busy={load.isPending} onClick={bring}>
            {messages.loadDemo}
          </Button>
        ))}
    </section>
  );
}
