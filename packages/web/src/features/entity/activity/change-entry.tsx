import { useState } from 'react';
import type { ModelBlueprint } from '../../../data/model.ts';
import { Button } from '../../../ui/button.tsx';
import { IconArrowBackUp, IconEdit, IconPlus, IconTag, IconTrash } from '../../../ui/icons.ts';
import { Time } from '../../../ui/time.tsx';
import styles from '../entity.module.css';
import { safeUrl } from '../entity-links.ts';
import { messages } from '../messages.ts';
import { type Change, changeSummary, type FieldChange, fieldChanges } from './describe-change.ts';
import { shortValue } from './short-value.ts';

const icons: Record<Change['action'], typeof IconEdit> = {
  created: IconPlus,
  updated: IconEdit,
  renamed: IconTag,
  deleted: IconTrash,
  restored: IconArrowBackUp,
};

/** So many fields are shown at once; a creation sets everything, which is no news. */
const SHOWN = 4;

export function ChangeEntry({ change, blueprint }: { change: Change; blueprint: ModelBlueprint }) {
  const fields = fieldChanges(change, blueprint);
  const quiet = change.action === 'created' || fields.length > SHOWN;
  const [open, setOpen] = useState(!quiet);
  const Icon = icons[change.action];
  return (
    <li className={styles.change}>
      <span className={styles.changeIcon} data-action={change.action} aria-hidden="true">
        <Icon size={14} />
      </span>
      <div className={styles.changeBody}>
        <p>
          <strong>{changeSummary(change, blueprint)}</strong> <span className={styles.quiet}>{messages.by}</span>{' '}
          {change.actor.label} <Origin origin={change.origin} />
          <span className={styles.quiet}>
            {' '}
            <Time at={change.at} />
          </span>
        </p>
        {fields.length > 0 && quiet && (
          <Button variant="plain" size="compact" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? messages.hideValues : `${messages.showValues} (${fields.length})`}
          </Button>
        )}
        {open && fields.length > 0 && <FieldTable fields={fields} />}
      </div>
    </li>
  );
}

function Origin({ origin }: { origin: Change['origin'] }) {
  const url = safeUrl(origin.url);
  return (
    <span>
      <span className={styles.quiet}>{messages.through}</span>{' '}
      {url ? (
        <a href={url} target="_blank" rel="noreferrer noopener" className={styles.textLink}>
          {origin.label}
        </a>
      ) : (
        origin.label
      )}
    </span>
  );
}

function FieldTable({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <dl className={styles.fieldChanges}>
      {fields.map(({ path, title, verb, before, after }) => (
        <div key={path} className={styles.fieldChange}>
          <dt>{title}</dt>
          <dd>
            {verb !== 'set' && (
              <del>
                <span className="visually-hidden">{messages.before} </span>
                {shortValue(before)}
              </del>
            )}
            {verb !== 'cleared' && (
              <ins>
                <span className="visually-hidden">{messages.after} </span>
                {shortValue(after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
