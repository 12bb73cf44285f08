import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { searchQuery } from '../../data/entities.ts';
import { Combobox } from '../../ui/combobox.tsx';
import type { InputProps } from '../kind.ts';

/** Which built-in blueprint the values of a format name. */
const namedBy: Readonly<Record<string, string>> = { user: '_user', team: '_team' };

/** A user, team or blueprint by its identifier, found while typing; what is typed also stands by itself. */
export function EntityNameInput({ property, value, onChange, ...field }: InputProps) {
  const [words, setWords] = useState('');
  const blueprint = namedBy[property.format ?? ''];
  const { data, isFetching } = useQuery({
    ...searchQuery({ q: words, ...(blueprint ? { blueprint } : {}), limit: 20 }),
    enabled: blueprint !== undefined && words.trim() !== '',
  });
  const chosen = typeof value === 'string' && value !== '' ? [{ value, label: value }] : [];
  return (
    <Combobox
      {...field}
      description={property.description}
      options={(data ?? []).map(({ identifier, title }) => ({ value: identifier, label: title, hint: identifier }))}
      loading={isFetching}
      words={words}
      onWords={setWords}
      chosen={chosen}
      onChange={(next) => onChange(next[0]?.value ?? null)}
      acceptWords
    />
  );
}
