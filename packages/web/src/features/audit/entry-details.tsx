import { Link } from '@tanstack/react-router';
import type { AuditEntry } from '../../data/audit.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { entityPlace, modelPlace } from '../blueprints/places.ts';
import { type Difference, differences } from './differences.ts';
import styles from './entry-details.module.css';
import { messages } from './messages.ts';

/** All there is to an entry: what it says, what was different, and the entry itself. */
export function EntryDetails({ entry }: { entry: AuditEntry }) {
  const changed = differences(entry.diff.before, entry.diff.after);
  const raw = JSON.stringify(entry, null, 2);
  return (
    <div className={styles.details}>
      {entry.message && <p>{entry.message}</p>}
      <Facts entry={entry} />
      <PlaceLink entry={entry} />
      {changed.length > 0 ? (
        <DifferenceTable changed={changed} />
      ) : (
        !entry.message && <p className={styles.quiet}>{messages.noDifference}</p>
      )}
      <details>
        <summary className={styles.summary}>{messages.raw}</summary>
        <div className={styles.raw}>
          <CopyButton text={raw} label={messages.copyRaw} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key. */}
          <pre tabIndex={0}>{raw}</pre>
        </div>
      </details>
    </div>
  );
}

function Facts({ entry: { additionalData } }: { entry: AuditEntry }) {
  const { address, program, requestId, times } = additionalData;
  const facts = [
    [messages.address, address],
    [messages.program, program],
    [messages.request, requestId],
  ].filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== '');
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {typeof times === 'number' && <div>{messages.times(times)}</div>}
    </dl>
  );
}

function PlaceLink({ entry: { context, resourceType, status } }: { entry: AuditEntry }) {
  const { blueprint, entity } = context;
  if (!blueprint || status === 'FAILURE') return null;
  if (resourceType === 'entity' && entity) {
    return (
      <Link {...entityPlace(blueprint, entity, 'activity')} className={styles.link}>
        {messages.activity}
      </Link>
    );
  }
  return (
    <Link {...modelPlace(blueprint)} className={styles.link}>
      {messages.blueprint}
    </Link>
  );
}

function DifferenceTable({ changed }: { changed: readonly Difference[] }) {
  return (
    <table className={styles.differences} aria-label={messages.changed}>
      <thead>
        <tr>
          <th scope="col">{messages.part}</th>
          <th scope="col">{messages.before}</th>
          <th scope="col">{messages.after}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td data-side="before">
              <Value label={messages.before} value={before} />
            </td>
            <td data-side="after">
              <Value label={messages.after} value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On narrow screens the heads of the columns are gone, so each value says which side it is. */
function Value({ label, value }: { label: string; value: unknown }) {
  return (
    <>
      <span className={styles.sideLabel}>{label}</span>
      {value === undefined ? (
        <span className={styles.quiet}>{messages.nothing}</span>
      ) : (
        <code>{typeof value === 'string' ? value : JSON.stringify(value, null, 1)}</code>
      )}
    </>
  );
}
