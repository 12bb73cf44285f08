import { useState } from 'react';
import { TextField } from '../../../ui/fields.tsx';
import { type Draft, tidy } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import { EditorDialog } from './editor-dialog.tsx';
import { GeneralFields } from './general-fields.tsx';

interface GeneralDialogProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onClose: () => void;
}

export function GeneralDialog({ draft, onChange, onClose }: GeneralDialogProps) {
  const [part, setPart] = useState<Partial<Draft>>({});
  const edited = { ...draft, ...part };
  const change = (next: Partial<Draft>) => setPart({ ...part, ...next });
  return (
    <EditorDialog
      title={messages.general}
      onClose={onClose}
      onSubmit={() => {
        onChange(tidy(edited));
        onClose();
      }}
    >
      <TextField
        label={messages.fieldTitle}
        maxLength={100}
        autoFocus
        value={edited.title ?? ''}
        onChange={(title) => change({ title })}
      />
      <GeneralFields draft={edited} onChange={change} />
    </EditorDialog>
  );
}
