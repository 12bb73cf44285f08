import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pageQuery, searchQuery } from '../../data/entities.ts';
import { Combobox, type ComboboxOption } from '../../ui/combobox.tsx';
import { messages } from './messages.ts';

export interface EntityPickerProps {
  label: string;
  description?: string | undefined;
  /** The blueprint to choose from. */
  target: string;
  many: boolean;
  value: readonly string[];
  onChange: (identifiers: string[]) => void;
  onBlur?: () => void;
  /** Names that do not exist may be entered too. */
  acceptWords?: boolean;
  error?: string | undefined;
  required?: boolean;
}

/** How many entities are offered at a time. */
const OFFERED = 20;

/** Choosing entities of one blueprint: the first few before anything is typed, then what the words find. */
export function EntityPicker({ target, many, value, onChange, description, ...field }: EntityPickerProps) {
  const [words, setWords] = useState('');
  const typed = words.trim() !== '';
  const found = useQuery(searchQuery({ q: words, blueprint: target, limit: OFFERED }));
  const body = {
    limit: OFFERED,
    sort: [{ property: '$title', order: 'asc' as const }],
    include: ['identifier', 'title'],
  };
  const first = useQuery({ ...pageQuery(target, body, 'picker', 0), enabled: !typed });
  const offered = typed ? found.data : first.data?.entities;
  const options = (offered ?? []).map(
    ({ identifier, title }): ComboboxOption => ({ value: identifier, label: title, hint: identifier }),
  );
  const titles = new Map(options.map((option) => [option.value, option.label]));
  return (
    <Combobox
      {...field}
      {...(description ? { description } : {})}
      many={many}
      options={options}
      loading={typed ? found.isFetching : first.isFetching}
      words={words}
      onWords={setWords}
      chosen={value.map((identifier) => ({ value: identifier, label: titles.get(identifier) ?? identifier }))}
      onChange={(chosen) => onChange(chosen.map((option) => option.value))}
      placeholder={messages.searchEntities}
    />
  );
}
