import { useState } from 'react';
import { TextField } from '../../../ui/fields.tsx';
import { identifierProblem } from '../draft/check-draft.ts';
import { type Draft, emptyDraft, tidy } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { EditorDialog } from './editor-dialog.tsx';
import { GeneralFields } from './general-fields.tsx';
import { keyFromTitle } from './key-from-title.ts';

interface NewBlueprintDialogProps {
  /** Identifiers that are in use. */
  taken: readonly string[];
  onStart: (draft: Draft) => void;
  onClose: () => void;
}

/** The first step of a new blueprint: what it is called. Its properties and relations come after. */
export function NewBlueprintDialog({ taken, onStart, onClose }: NewBlueprintDialogProps) {
  const [draft, setDraft] = useState(emptyDraft());
  const [written, setWritten] = useState<string>();
  const [isShown, setShown] = useState(false);
  const identifier = written ?? keyFromTitle(draft.title ?? '');
  const problem = taken.includes(identifier) ? messages.taken(identifier) : identifierProblem(identifier);
  return (
    <EditorDialog
      title={messages.newBlueprint}
      action={messages.startEditing}
      onClose={onClose}
      onSubmit={() => {
        setShown(true);
        if (!problem) onStart(tidy({ ...draft, identifier }));
      }}
    >
      <div className={styles.pair}>
        <TextField
          label={messages.fieldTitle}
          maxLength={100}
          autoFocus
          value={draft.title ?? ''}
          onChange={(title) => setDraft({ ...draft, title })}
        />
        <TextField
          label={messages.fieldIdentifier}
          description={messages.fieldIdentifierHelp}
          code
          required
          value={identifier}
          onChange={setWritten}
          onBlur={() => setShown(identifier !== '')}
          error={isShown ? problem : undefined}
        />
      </div>
      <GeneralFields draft={{ ...draft, identifier }} onChange={(part) => setDraft({ ...draft, ...part })} />
    </EditorDialog>
  );
}
