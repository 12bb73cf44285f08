import type { CalculationProperty } from '@gantry/core';
import { useState } from 'react';
import { CodeField } from '../../../ui/code-field.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { definitionAt, tidy } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import type { DerivedDialogProps } from './derived-dialog-props.ts';
import { EditorDialog } from './editor-dialog.tsx';
import { useNaming } from './naming-fields.tsx';
import { choiceOf, typeChoices } from './property-types.ts';

/** Results have types like properties; listed values are a matter of colours, not of the type. */
const resultChoices = typeChoices.filter(({ value }) => !value.endsWith('choice'));

export function CalculationDialog({ draft, editKey, onSave, onClose }: DerivedDialogProps<'calculationProperties'>) {
  const before = editKey === undefined ? undefined : definitionAt(draft, 'calculationProperties', editKey);
  const [definition, setDefinition] = useState<CalculationProperty>(before ?? { calculation: '', type: 'string' });
  const [isChecked, setChecked] = useState(false);
  const naming = useNaming({ draft, room: 'calculationProperties', editKey, title: before?.title });
  const { calculation, description } = definition;
  const isMissing = calculation.trim() === '';
  const submit = () => {
    setChecked(true);
    if (naming.check() && !isMissing) onSave(naming.key, tidy({ ...definition, title: naming.title }));
  };
  const retype = (value: string | null) => {
    const keys = resultChoices.find((choice) => choice.value === value)?.keys;
    if (!keys) return;
    const { type: _, format: __, spec: ___, ...rest } = definition as CalculationProperty & { spec?: string };
    setDefinition({ ...rest, ...keys });
  };
  return (
    <EditorDialog
      title={editKey === undefined ? messages.newCalculation : messages.editCalculation(before?.title || editKey)}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <CodeField
        label={messages.expression}
        description={messages.expressionHelp}
        language="text"
        minHeight={96}
        value={calculation}
        onChange={(text) => setDefinition({ ...definition, calculation: text })}
        error={isChecked && isMissing ? messages.writeExpression : undefined}
      />
      <Select
        label={messages.resultType}
        searchable
        options={resultChoices.map(({ value, label }) => ({ value, label }))}
        value={choiceOf(definition).value}
        onChange={retype}
      />
      <TextField
        label={messages.fieldDescription}
        value={description ?? ''}
        onChange={(text) => setDefinition({ ...definition, description: text })}
      />
    </EditorDialog>
  );
}
