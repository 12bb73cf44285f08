import { useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CodeField } from '../../../ui/code-field.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { readDraft } from '../draft/check-draft.ts';
import { formatDraft } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { PanelTabProps } from './panel-tab-props.ts';

/** The document itself. What can be read is the draft at once; the way it was typed stays until it is formatted. */
export default function JsonTab({ draft, mayWrite, onChange, onUnreadable }: PanelTabProps) {
  const formatted = formatDraft(draft);
  const [typed, setTyped] = useState<{ text: string; means: string }>();
  const read = typed ? readDraft(typed.text) : undefined;
  const isUnreadable = read?.ok === false;
  // The draft moved on by itself (a discard, a rename): what was typed no longer says what it is.
  const text = typed && (isUnreadable || typed.means === formatted) ? typed.text : formatted;

  useEffect(() => {
    onUnreadable(isUnreadable);
    return () => onUnreadable(false);
  }, [isUnreadable, onUnreadable]);

  const change = (next: string) => {
    const result = readDraft(next);
    setTyped({ text: next, means: result.ok ? formatDraft(result.draft) : formatted });
    if (result.ok) onChange(result.draft);
  };
  const problems = read?.ok === false ? read.problems : [];
  return (
    <div className={styles.section}>
      <div className={styles.jsonTools}>
        <p className={styles.quiet}>{messages.jsonHelp}</p>
        <CopyButton text={text} />
        {mayWrite && (
          <Button size="compact" disabled={text === formatted || isUnreadable} onClick={() => setTyped(undefined)}>
            {messages.format}
          </Button>
        )}
      </div>
      <CodeField
        label={messages.jsonLabel}
        language="json"
        value={text}
        minHeight={320}
        disabled={!mayWrite}
        onChange={change}
        error={problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' ') || undefined}
      />
    </div>
  );
}
