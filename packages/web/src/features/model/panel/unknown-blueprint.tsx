import { Button } from '../../../ui/button.tsx';
import { IconMapSearch } from '../../../ui/icons.ts';
import { StateMessage } from '../../../ui/states.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';

export function UnknownBlueprint({ identifier, onClose }: { identifier: string; onClose: () => void }) {
  return (
    <section className={styles.panel} aria-label={identifier}>
      <StateMessage
        icon={<IconMapSearch size={32} stroke={1.5} />}
        title={messages.notFound(identifier)}
        actions={<Button onClick={onClose}>{messages.close}</Button>}
      >
        {messages.notFoundText}
      </StateMessage>
    </section>
  );
}
