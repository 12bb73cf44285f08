import { useState } from 'react';
import { Combobox } from '../../../ui/combobox.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { iconNames, iconOf } from '../../blueprints/icon-table.ts';
import type { Draft } from '../draft/draft.ts';
import { messages } from '../messages.ts';

interface GeneralFieldsProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** Icon and description; the title and identifier stand above them. */
export function GeneralFields({ draft, onChange }: GeneralFieldsProps) {
  return (
    <>
      <IconField identifier={draft.identifier} value={draft.icon ?? ''} onChange={(icon) => onChange({ icon })} />
      <TextField
        label={messages.fieldDescription}
        maxLength={200}
        value={draft.description ?? ''}
        onChange={(description) => onChange({ description })}
      />
    </>
  );
}

interface IconFieldProps {
  identifier: string;
  value: string;
  onChange: (icon: string) => void;
}

function IconField({ identifier, value, onChange }: IconFieldProps) {
  const [words, setWords] = useState('');
  const option = (name: string) => {
    const Icon = iconOf(name, identifier);
    return { value: name, label: name, icon: <Icon size={16} stroke={1.5} /> };
  };
  return (
    <Combobox
      label={messages.fieldIcon}
      acceptWords
      options={iconNames.filter((name) => name.includes(words.trim().toLowerCase())).map(option)}
      words={words}
      onWords={setWords}
      chosen={value === '' ? [] : [option(value)]}
      onChange={([chosen]) => onChange(chosen?.value ?? '')}
    />
  );
}
