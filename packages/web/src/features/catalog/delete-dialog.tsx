import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CallFailure, messageOf } from '../../data/client.ts';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { refreshEntities } from '../../data/writes.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { deleteEntities, matchingIdentifiers, restoreDeleted } from './bulk-delete.ts';
import { messages } from './messages.ts';
import type { RowsRequest } from './use-rows.ts';

/** More than this many are restored from the trash page, not by Undo. */
const UNDOABLE = 100;

export interface DeleteDialogProps {
  blueprint: ModelBlueprint;
  /** What to delete: identifiers, or everything the request matches. */
  target: readonly string[] | RowsRequest;
  count: number;
  onClose: () => void;
  onDeleted: () => void;
}

/** Says how many before it does it; afterwards, Undo brings them back. */
export function DeleteDialog({ blueprint, target, count, onClose, onDeleted }: DeleteDialogProps) {
  const client = useQueryClient();
  const name = blueprint.identifier;
  const undo = async (identifiers: readonly string[]) => {
    const restored = await restoreDeleted(name, identifiers);
    await refreshEntities(client, name);
    showToast({ message: messages.restored(restored) });
  };
  const remove = useMutation({
    mutationFn: async (dependents: boolean) => {
      const identifiers = 'blueprint' in target ? await matchingIdentifiers(target) : target;
      return deleteEntities(name, identifiers, dependents);
    },
    onSettled: () => refreshEntities(client, name),
    onSuccess: (deleted) => {
      const action = { label: messages.undo, run: () => void undo(deleted) };
      showToast({ message: messages.deleted(deleted.length), ...(deleted.length <= UNDOABLE ? { action } : {}) });
      onDeleted();
      onClose();
    },
  });
  const hasDependents = remove.error instanceof CallFailure && remove.error.answer?.error === 'has_dependents';
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.deleteTitle(count, titleOf(blueprint))}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate(hasDependents)}>
            {hasDependents ? messages.deleteDependents : messages.deleteNow(count)}
          </Button>
        </>
      }
    >
      <p>{messages.deleteText}</p>
      {remove.error && (
        <Notice tone="danger">
          {messageOf(remove.error)} {hasDependents && messages.dependents}
        </Notice>
      )}
    </Dialog>
  );
}
