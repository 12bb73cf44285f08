import { Fragment, useId, useState } from 'react';
import type { AuditEntry } from '../../data/audit.ts';
import { IconButton } from '../../ui/button.tsx';
import { StatusChip } from '../../ui/chip.tsx';
import { IconBan, IconCheck, IconChevronDown, IconChevronRight } from '../../ui/icons.ts';
import { Time } from '../../ui/time.tsx';
import styles from './audit.module.css';
import { EntryDetails } from './entry-details.tsx';
import { messages } from './messages.ts';
import { actionOf, actorOf, kindOf, objectOf, originOf } from './words.ts';

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{messages.details}</span>
          </th>
          <th scope="col">{messages.time}</th>
          <th scope="col">{messages.actor}</th>
          <th scope="col">{messages.action}</th>
          <th scope="col">{messages.object}</th>
          <th scope="col">{messages.origin}</th>
          <th scope="col">{messages.status}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.identifier} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const words = `${actionOf(entry)} ${objectOf(entry)}`;
  return (
    <Fragment>
      <tr data-open={open || undefined}>
        <td className={styles.toggle}>
          <IconButton
            label={messages.show(words)}
            size="compact"
            quiet
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          </IconButton>
        </td>
        <td className={styles.time}>
          <Time at={entry.trigger.at} />
        </td>
        <td className={styles.actor}>{actorOf(entry)}</td>
        <td className={styles.action}>{actionOf(entry)}</td>
        <td className={styles.object}>
          <span className={styles.kind}>{kindOf(entry)}</span> {objectOf(entry)}
        </td>
        <td className={styles.origin}>{originOf(entry)}</td>
        <td className={styles.status}>
          <Result status={entry.status} />
        </td>
      </tr>
      {open && (
        <tr id={id} className={styles.detailsRow}>
          <td colSpan={7}>
            <EntryDetails entry={entry} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Result({ status }: { status: string }) {
  return status === 'FAILURE' ? (
    <StatusChip tone="danger" icon={<IconBan size={14} />}>
      {messages.failed}
    </StatusChip>
  ) : (
    <StatusChip tone="neutral" icon={<IconCheck size={14} />}>
      {messages.done}
    </StatusChip>
  );
}
