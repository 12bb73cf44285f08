import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { Migration } from './use-migration.ts';

/** How far a deletion has come, for eyes and for screen readers. */
export function MigrationProgress({ migration, total }: { migration: Migration | undefined; total: number }) {
  const done = migration?.deletedEntities ?? 0;
  if (migration?.status === 'FAILURE') return <p role="alert">{messages.deleteFailed(migration.message ?? '')}</p>;
  if (migration?.status === 'CANCELLED') return <p role="status">{messages.deleteStopped(done)}</p>;
  return (
    <div className={styles.progress}>
      <progress aria-label={messages.deleting} max={Math.max(total, 1)} value={done} />
      <p role="status">{messages.deletedSoFar(done, total)}</p>
    </div>
  );
}
