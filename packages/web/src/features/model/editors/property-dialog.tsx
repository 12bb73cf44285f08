import type { Property } from '@gantry/core';
import { Suspense, useState } from 'react';
import { CellValue, lookOf } from '../../../kinds/index.ts';
import { TextField } from '../../../ui/fields.tsx';
import { IconAlertTriangle } from '../../../ui/icons.ts';
import { Select } from '../../../ui/select.tsx';
import { Notice, Skeleton } from '../../../ui/states.tsx';
import { Checkbox } from '../../../ui/toggles.tsx';
import { type Draft, definitionAt, isRequired, tidy } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { ConstraintFields } from './constraint-fields.tsx';
import { EditorDialog } from './editor-dialog.tsx';
import { useNaming } from './naming-fields.tsx';
import { choiceOf, type TypeName, typeChoices, withType } from './property-types.ts';

interface PropertyDialogProps {
  draft: Draft;
  editKey: string | undefined;
  /** The definition as the server has it: its values are what a change of type costs. */
  saved: Property | undefined;
  onSave: (key: string, property: Property, required: boolean) => void;
  onClose: () => void;
}

const newProperty: Property = { type: 'string' };

export function PropertyDialog({ draft, editKey, saved, onSave, onClose }: PropertyDialogProps) {
  const before = editKey === undefined ? undefined : definitionAt(draft, 'properties', editKey);
  const [property, setProperty] = useState<Property>(before ?? newProperty);
  const [required, setRequired] = useState(editKey !== undefined && isRequired(draft, editKey));
  const [isChecked, setChecked] = useState(false);
  const naming = useNaming({ draft, room: 'properties', editKey, title: before?.title });
  const change = (part: Partial<Property>) => setProperty({ ...property, ...part });
  const choice = choiceOf(property);
  const lacksValues = property.enum?.length === 0;

  const submit = () => {
    setChecked(true);
    if (!naming.check() || lacksValues) return;
    onSave(naming.key, tidy({ ...property, title: naming.title }), required);
  };
  return (
    <EditorDialog
      title={editKey === undefined ? messages.newProperty : messages.editProperty(before?.title || editKey)}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <div className={styles.pair}>
        <Select
          label={messages.fieldType}
          searchable
          options={typeChoices.map(({ value, label }) => ({ value, label }))}
          value={choice.value}
          onChange={(value) => value && setProperty(withType(property, value as TypeName))}
        />
        <Preview property={property} />
      </div>
      {saved && choiceOf(saved).value !== choice.value && (
        <Notice tone="warning" icon={<IconAlertTriangle size={16} />}>
          {messages.typeChange}
        </Notice>
      )}
      <ConstraintFields
        property={property}
        type={choice.value}
        onChange={change}
        problem={isChecked && lacksValues ? messages.noChoices : undefined}
      />
      <TextField
        label={messages.fieldDescription}
        value={property.description ?? ''}
        onChange={(description) => change({ description })}
      />
      <DefaultField property={property} onChange={(value) => change({ default: value ?? undefined })} />
      <Checkbox label={messages.fieldRequired} checked={required} onChange={setRequired} />
    </EditorDialog>
  );
}

/** What a cell of this type looks like, drawn by the cell itself. */
function Preview({ property }: { property: Property }) {
  const { sample } = choiceOf(property);
  return (
    <div className={styles.preview}>
      <span className={styles.previewLabel}>{messages.preview}</span>
      <span className={styles.previewCell}>
        <CellValue value={property.enum ? (property.enum[0] ?? sample) : sample} property={property} />
      </span>
    </div>
  );
}

/** The default is entered as values of the type always are. */
function DefaultField({ property, onChange }: { property: Property; onChange: (value: unknown) => void }) {
  const { Input } = lookOf(property);
  return (
    <Suspense fallback={<Skeleton lines={1} height={32} />}>
      <Input
        key={choiceOf(property).value}
        property={{ ...property, description: messages.fieldDefaultHelp }}
        label={messages.fieldDefault}
        value={property.default}
        onChange={onChange}
      />
    </Suspense>
  );
}
