import { messageOf } from '../../data/client.ts';
import { useConfirmMissing } from '../../data/sources.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { messages } from './messages.ts';
import type { Source } from './source-view.ts';
import styles from './sources.module.css';

const SHOWN = 50;

/** Entities a source no longer has: nothing is deleted before somebody said so. */
export function MissingDialog({
  source,
  mayWrite,
  onClose,
}: {
  source: Source;
  mayWrite: boolean;
  onClose: () => void;
}) {
  const { id, missing } = source;
  const confirm = useConfirmMissing();
  const trash = () =>
    confirm.mutate(id, {
      onSuccess: ({ trashed }) => {
        showToast({ message: messages.trashed(trashed) });
        onClose();
      },
    });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.missingTitle}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          {mayWrite && (
            <Button variant="danger" busy={confirm.isPending} onClick={trash}>
              {messages.confirmMissing}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        <p>{messages.missingText}</p>
        <ul className={styles.missing}>
          {missing.slice(0, SHOWN).map(({ blueprint, identifier }) => (
            <li key={`${blueprint}/${identifier}`}>
              <EntityIcon blueprint={blueprint} />
              <EntityLink blueprint={blueprint} entity={identifier}>
                {identifier}
              </EntityLink>
            </li>
          ))}
          {missing.length > SHOWN && <li>{messages.andMore(missing.length - SHOWN)}</li>}
        </ul>
        {confirm.error && (
          <Notice tone="danger" icon={<IconAlertTriangle size={16} />}>
            {messageOf(confirm.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
