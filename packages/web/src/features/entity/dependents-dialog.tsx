import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { titleFromKey } from '../blueprints/title-from-key.ts';
import styles from './entity.module.css';
import { messages } from './messages.ts';
import type { Dependents } from './use-trash.ts';

interface DependentsDialogProps {
  title: string;
  dependents: Dependents;
  onConfirm: () => void;
  onClose: () => void;
}

/** What cannot be without the entity that was to be deleted, and the choice to take it along. */
export function DependentsDialog({ title, dependents, onConfirm, onClose }: DependentsDialogProps) {
  const { listed, count } = dependents;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.dependentsTitle(title)}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="danger" onClick={onConfirm}>
            {messages.deleteAll(count + 1)}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{messages.dependentsText}</p>
        <ul className={styles.dependents}>
          {listed.map(({ blueprint, identifier, relation }) => (
            <li key={`${blueprint} ${identifier} ${relation}`} className={styles.named}>
              <EntityIcon blueprint={blueprint} />
              <EntityLink blueprint={blueprint} entity={identifier}>
                {identifier}
              </EntityLink>
              <span className={styles.quiet}>{titleFromKey(relation)}</span>
            </li>
          ))}
          {count > listed.length && <li className={styles.quiet}>{messages.andMore(count - listed.length)}</li>}
        </ul>
      </div>
    </Dialog>
  );
}
