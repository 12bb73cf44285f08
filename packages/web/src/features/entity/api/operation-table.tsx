import { Chip, StatusChip } from '../../../ui/chip.tsx';
import type { Hue } from '../../../ui/hue.ts';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';
import type { ApiOperation } from './api-summary.ts';

const verbHues: Partial<Record<string, Hue>> = {
  GET: 'blue',
  POST: 'green',
  PUT: 'amber',
  PATCH: 'orange',
  DELETE: 'red',
  publish: 'purple',
  send: 'purple',
  subscribe: 'teal',
  receive: 'teal',
};

/** Operations by tag, in the order of the document. */
export function OperationTable({ operations }: { operations: readonly ApiOperation[] }) {
  if (operations.length === 0) return <p className={styles.quiet}>{messages.noneMatches}</p>;
  const tags = [...Map.groupBy(operations, ({ tag }) => tag ?? '')];
  return tags.map(([tag, members]) => (
    <section key={tag} className={styles.operations} aria-label={tag === '' ? messages.tabs.api : tag}>
      {tag !== '' && <h3 className={styles.subTitle}>{tag}</h3>}
      <ul>
        {members.map(({ verb, place, summary, deprecated }) => (
          <li
            key={`${verb} ${place} ${summary}`}
            className={styles.operation}
            data-deprecated={deprecated || undefined}
          >
            <span className={styles.verb}>
              <Chip hue={verbHues[verb] ?? 'gray'}>{verb}</Chip>
            </span>
            <code className={styles.operationPlace}>{place}</code>
            <span className={styles.quiet}>{summary}</span>
            {deprecated && <StatusChip tone="warning">{messages.deprecated}</StatusChip>}
          </li>
        ))}
      </ul>
    </section>
  ));
}
