import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/code-field.tsx';
import { IconCopy } from '../../ui/icons.ts';
import { copyText } from './copy-text.ts';
import styles from './entity.module.css';
import { messages } from './messages.ts';
import type { TabProps } from './tab-props.ts';

/** The entity as the API answers it, related entities by title and identifier. */
export default function JsonTab({ entity }: TabProps) {
  const text = JSON.stringify(entity, null, 2);
  return (
    <section className={styles.stack} aria-label={messages.jsonLabel}>
      <div className={styles.tools}>
        <Button icon={<IconCopy size={16} />} onClick={() => void copyText(text, messages.copied)}>
          {messages.copyJson}
        </Button>
      </div>
      <Code label={messages.jsonLabel} language="json" value={text} />
    </section>
  );
}
