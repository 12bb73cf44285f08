import { useState } from 'react';
import { FieldBox } from '../../../ui/fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import { type Draft, definitionAt, tidy } from '../draft/draft.ts';
import { choose, type PathOption, pathProblem, pathSteps } from '../draft/mirror-path.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { DerivedDialogProps } from './derived-dialog-props.ts';
import { EditorDialog } from './editor-dialog.tsx';
import { useNaming } from './naming-fields.tsx';
import { useLookup } from './use-lookup.ts';

export function MirrorDialog({ draft, editKey, onSave, onClose }: DerivedDialogProps<'mirrorProperties'>) {
  const before = editKey === undefined ? undefined : definitionAt(draft, 'mirrorProperties', editKey);
  const [path, setPath] = useState(before?.path ?? '');
  const [isChecked, setChecked] = useState(false);
  const lookup = useLookup(draft);
  const naming = useNaming({ draft, room: 'mirrorProperties', editKey, title: before?.title });
  const problem = pathProblem(draft, path, lookup);
  const submit = () => {
    setChecked(true);
    if (naming.check() && !problem) onSave(naming.key, tidy({ ...before, path, title: naming.title }));
  };
  return (
    <EditorDialog
      title={editKey === undefined ? messages.newMirror : messages.editMirror(before?.title || editKey)}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <PathField draft={draft} path={path} onChange={setPath} problem={isChecked ? problem : undefined} />
    </EditorDialog>
  );
}

interface PathFieldProps {
  draft: Draft;
  path: string;
  onChange: (path: string) => void;
  problem: string | undefined;
}

/** The way to a value, one choice after the other: relations lead on, anything else ends it. */
function PathField({ draft, path, onChange, problem }: PathFieldProps) {
  const lookOf = useBlueprintLooks();
  const steps = pathSteps(draft, path, useLookup(draft));
  if (steps[0]?.options.length === 0) return <p className={styles.quiet}>{messages.mirrorNoRelations}</p>;
  return (
    <FieldBox label={messages.mirrorPath} error={problem}>
      <div className={styles.path}>
        {steps.map(({ blueprint, options, chosen }, index) => (
          <Select
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place on the path.
            key={index}
            label={messages.mirrorStep(blueprint === undefined ? '?' : lookOf(blueprint).title)}
            searchable
            options={options.map((option) => ({ value: option.key, label: optionLabel(option) }))}
            value={chosen ?? null}
            onChange={(key) => key && onChange(choose(path, index, key))}
          />
        ))}
      </div>
      <code className={styles.code}>{path}</code>
    </FieldBox>
  );
}

function optionLabel({ title, kind }: PathOption): string {
  return kind === 'relation' ? `${title} →` : title;
}
