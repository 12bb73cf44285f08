import type { Relation } from '@gantry/core';
import { useState } from 'react';
import { titleOf, useModel } from '../../../data/model.ts';
import { FieldBox, TextField } from '../../../ui/fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { Checkbox, Segmented } from '../../../ui/toggles.tsx';
import { type Draft, definitionAt, tidy } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import { EditorDialog } from './editor-dialog.tsx';
import { useNaming } from './naming-fields.tsx';

interface RelationDialogProps {
  draft: Draft;
  editKey: string | undefined;
  onSave: (key: string, relation: Relation) => void;
  onClose: () => void;
}

export function RelationDialog({ draft, editKey, onSave, onClose }: RelationDialogProps) {
  const before = editKey === undefined ? undefined : definitionAt(draft, 'relations', editKey);
  const [relation, setRelation] = useState<Relation>(before ?? { target: '', many: false, required: false });
  const [isChecked, setChecked] = useState(false);
  const naming = useNaming({ draft, room: 'relations', editKey, title: before?.title });
  const change = (part: Partial<Relation>) => setRelation({ ...relation, ...part });
  const submit = () => {
    setChecked(true);
    if (naming.check() && relation.target !== '') onSave(naming.key, tidy({ ...relation, title: naming.title }));
  };
  return (
    <EditorDialog
      title={editKey === undefined ? messages.newRelation : messages.editRelation(before?.title || editKey)}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <TargetField
        label={messages.fieldTarget}
        draft={draft}
        value={relation.target}
        onChange={(target) => change({ target })}
        isChecked={isChecked}
      />
      <FieldBox label={messages.fieldCardinality}>
        <Segmented
          label={messages.fieldCardinality}
          options={[
            { value: 'one', label: messages.cardinalities.one },
            { value: 'many', label: messages.cardinalities.many },
          ]}
          value={relation.many ? 'many' : 'one'}
          onChange={(value) => change(value === 'many' ? { many: true, required: false } : { many: false })}
        />
      </FieldBox>
      <Checkbox
        label={relation.many ? messages.requiredMany : messages.fieldRelationRequired}
        disabled={relation.many ?? false}
        checked={relation.required ?? false}
        onChange={(required) => change({ required })}
      />
      <TextField
        label={messages.fieldDescription}
        value={relation.description ?? ''}
        onChange={(description) => change({ description })}
      />
    </EditorDialog>
  );
}

interface TargetFieldProps {
  label: string;
  draft: Draft;
  value: string;
  onChange: (target: string) => void;
  isChecked: boolean;
}

/** A blueprint to point at; the edited one is among them even before it exists. */
export function TargetField({ label, draft, value, onChange, isChecked }: TargetFieldProps) {
  const blueprints = useModel().data ?? [];
  const known = blueprints.map((blueprint) => ({ value: blueprint.identifier, label: titleOf(blueprint) }));
  const isNew = !known.some((option) => option.value === draft.identifier);
  const self = { value: draft.identifier, label: draft.title || draft.identifier };
  return (
    <Select
      label={label}
      required
      searchable
      options={isNew ? [self, ...known] : known}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      error={isChecked && value === '' ? messages.chooseBlueprint : undefined}
    />
  );
}
