import type { Operator } from '@gantry/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { searchQuery } from '../../../data/entities.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import { messages } from '../messages.ts';
import { takesList } from './operators.ts';

export interface RelatedInputProps {
  /** The blueprint of the entities to choose from. */
  target: string;
  operator: Operator;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Entities at the other end of a relation, found while typing. */
export function RelatedInput({ target, operator, value, onChange }: RelatedInputProps) {
  const [words, setWords] = useState('');
  const { data, isFetching } = useQuery(searchQuery({ q: words, blueprint: target, limit: 20 }));
  const many = takesList(operator);
  const chosen = [value ?? []].flat().map((identifier) => ({ value: String(identifier), label: String(identifier) }));
  return (
    <Combobox
      label={messages.value}
      hideLabel
      many={many}
      acceptWords
      options={(data ?? []).map(({ identifier, title }) => ({ value: identifier, label: title, hint: identifier }))}
      loading={isFetching}
      words={words}
      onWords={setWords}
      chosen={chosen}
      onChange={(next) => onChange(many ? next.map((option) => option.value) : next[0]?.value)}
      placeholder={messages.value}
    />
  );
}
