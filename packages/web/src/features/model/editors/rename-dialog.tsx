import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../data/client.ts';
import { keys } from '../../../data/keys.ts';
import { TextField } from '../../../ui/fields.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { keyProblem } from '../draft/check-draft.ts';
import type { Draft, Room } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import { EditorDialog } from './editor-dialog.tsx';

interface RenameDialogProps {
  draft: Draft;
  room: Room;
  from: string;
  /** The server has it, with values: it renames, and they follow. */
  saved: boolean;
  rename: (blueprint: string, to: string) => Promise<{ blueprint: { updatedAt: string } }>;
  onLocal: (to: string) => void;
  onRenamed: (to: string, at: string) => void;
  onClose: () => void;
}

/** Gives a property or relation another key. What is stored is renamed at once, because values must not be lost. */
export function RenameDialog({ draft, room, from, saved, rename, onLocal, onRenamed, onClose }: RenameDialogProps) {
  const [to, setTo] = useState(from);
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const problem = keyProblem(draft, room, to, from);

  const submit = async () => {
    if (problem) return;
    if (to === from) return onClose();
    if (!saved) {
      onLocal(to);
      return onClose();
    }
    setBusy(true);
    try {
      const { blueprint } = await rename(draft.identifier, to);
      onRenamed(to, blueprint.updatedAt);
      await client.invalidateQueries({ queryKey: keys.model });
      void client.invalidateQueries({ queryKey: keys.entities(draft.identifier) });
      void client.invalidateQueries({ queryKey: keys.entitiesOf(draft.identifier) });
      showToast({ message: messages.renamed(to) });
      onClose();
    } catch (error) {
      setRefusal(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <EditorDialog
      title={messages.renameTitle(from)}
      action={messages.renameAction}
      busy={busy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {saved && <p>{messages.renameText}</p>}
      <TextField
        label={messages.fieldKey}
        code
        autoFocus
        value={to}
        onChange={(text) => {
          setTo(text);
          setRefusal(undefined);
        }}
        error={refusal ?? (to === from ? undefined : problem)}
      />
    </EditorDialog>
  );
}
