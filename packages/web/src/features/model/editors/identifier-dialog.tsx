import { useState } from 'react';
import { TextField } from '../../../ui/fields.tsx';
import { identifierProblem } from '../draft/check-draft.ts';
import type { Draft } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import { EditorDialog } from './editor-dialog.tsx';

interface IdentifierDialogProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onClose: () => void;
}

/** Another identifier for the blueprint: part of the draft, so that its plan is seen first. */
export function IdentifierDialog({ draft, onChange, onClose }: IdentifierDialogProps) {
  const [identifier, setIdentifier] = useState(draft.identifier);
  const problem = identifierProblem(identifier);
  return (
    <EditorDialog
      title={messages.renameBlueprintTitle}
      onClose={onClose}
      onSubmit={() => {
        if (problem) return;
        onChange({ ...draft, identifier });
        onClose();
      }}
    >
      <p>{messages.renameBlueprintText}</p>
      <TextField
        label={messages.fieldIdentifier}
        code
        autoFocus
        value={identifier}
        onChange={setIdentifier}
        error={problem}
      />
    </EditorDialog>
  );
}
