import { IconEdit, IconMinus, IconPlus } from '../../../ui/icons.ts';
import type { Draft } from '../draft/draft.ts';
import { type DraftChange, draftChanges } from '../draft/draft-changes.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';

const icons = { added: IconPlus, changed: IconEdit, removed: IconMinus } as const;

/** What the author changed, definition by definition. */
export function ChangeList({ base, draft }: { base: Draft | undefined; draft: Draft }) {
  const changes = draftChanges(base ?? { identifier: draft.identifier }, draft);
  return (
    <section aria-labelledby="plan-changes">
      <h3 id="plan-changes" className={styles.sectionTitle}>
        {messages.planChanges}
      </h3>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <Change key={`${change.room} ${change.key}`} change={change} />
        ))}
      </ul>
    </section>
  );
}

function Change({ change: { verb, room, key, fields } }: { change: DraftChange }) {
  const Icon = icons[verb];
  return (
    <li className={styles.change} data-verb={verb}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {messages.verbs[verb]} {messages.rooms[room]} <code className={styles.code}>{key}</code>
        {fields.length > 0 && <span className={styles.quiet}>: {fields.join(', ')}</span>}
      </span>
    </li>
  );
}
