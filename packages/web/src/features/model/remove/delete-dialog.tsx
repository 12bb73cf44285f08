import { deleteBlueprint } from '@gantry/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../data/client.ts';
import { type ModelBlueprint, titleOf, useModel } from '../../../data/model.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggles.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { dependents } from '../model-map.ts';
import { Refusal } from '../plan/refusal.tsx';
import { Blockers } from './blockers.tsx';
import { MigrationProgress } from './migration-progress.tsx';
import { useMassDelete } from './use-migration.ts';

interface DeleteDialogProps {
  blueprint: ModelBlueprint;
  onClose: () => void;
  onDeleted: () => void;
}

/** Deletes a blueprint, or says what stands in the way; its entities go first, as a job with progress. */
export function DeleteDialog({ blueprint, onClose, onDeleted }: DeleteDialogProps) {
  const { identifier, entityCount } = blueprint;
  const [total] = useState(entityCount);
  const [typed, setTyped] = useState('');
  const [onlyEntities, setOnlyEntities] = useState(false);
  const blockers = dependents(useModel().data ?? [], identifier);
  const isBlocked = blockers.length > 0 && !onlyEntities;
  const client = useQueryClient();
  const finish = (message: string, isGone: boolean) => {
    showToast({ message });
    void client.invalidateQueries();
    onClose();
    if (isGone) onDeleted();
  };
  const { run, stop, migration } = useMassDelete(identifier, ({ status, deletedEntities }) => {
    if (status !== 'COMPLETED') return;
    if (onlyEntities) finish(messages.deletedEntities(deletedEntities), false);
    else finish(messages.deletedBlueprint(titleOf(blueprint)), true);
  });
  const remove = useMutation({
    mutationFn: () => api.call(deleteBlueprint, { params: { blueprint: identifier }, query: {} }),
    onSuccess: () => finish(messages.deletedBlueprint(titleOf(blueprint)), true),
  });
  const isStarted = run.isPending || migration !== undefined;
  const confirm = () => (total === 0 ? remove.mutate() : run.mutate(!onlyEntities));
  return (
    <Dialog
      opened
      onClose={onClose}
      insistent={run.isPending}
      title={messages.deleteTitle(titleOf(blueprint))}
      footer={
        run.isPending ? (
          <Button busy={stop.isPending} disabled={!migration} onClick={() => stop.mutate()}>
            {messages.stop}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{isStarted ? messages.close : messages.cancel}</Button>
            <Button
              variant="danger"
              disabled={isBlocked || isStarted || typed !== identifier}
              busy={remove.isPending}
              onClick={confirm}
            >
              {messages.deleteAction}
            </Button>
          </>
        )
      }
    >
      <div className={styles.plan}>
        {isStarted ? (
          <MigrationProgress migration={migration} total={total} />
        ) : (
          <>
            {isBlocked && <Blockers blockers={blockers} onFollow={onClose} />}
            {!isBlocked && <p>{total === 0 ? messages.deleteEmpty : messages.deleteWithEntities(total)}</p>}
            {total > 0 && (
              <Checkbox checked={onlyEntities} onChange={setOnlyEntities} label={messages.deleteEntitiesOnly(total)} />
            )}
            {!isBlocked && (
              <TextField label={messages.deleteConfirm(identifier)} code value={typed} onChange={setTyped} autoFocus />
            )}
          </>
        )}
        {(remove.error ?? run.error) && <Refusal error={remove.error ?? run.error} />}
      </div>
    </Dialog>
  );
}
