import { auditActions, auditOrigins, auditResources, auditStatuses } from '@gantry/core';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './audit.module.css';
import type { AuditSearch } from './audit-search.ts';
import { messages } from './messages.ts';

interface AuditFilterBarProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

export function AuditFilterBar({ search, onChange }: AuditFilterBarProps) {
  const change = (key: keyof AuditSearch, value: string | null) => {
    const { [key]: _, ...rest } = search;
    onChange(value ? { ...rest, [key]: value } : rest);
  };
  const choice = <Word extends string>(
    key: keyof AuditSearch,
    words: readonly Word[],
    titles: Readonly<Record<Word, string>>,
    label: string,
    placeholder: string,
  ) => (
    <Select
      label={label}
      hideLabel
      placeholder={placeholder}
      options={words.map((value) => ({ value, label: titles[value] }))}
      value={search[key] ?? null}
      onChange={(value) => change(key, value)}
      clearable
    />
  );
  const isFiltered = Object.keys(search).length > 0;
  return (
    <search className={styles.filters} aria-label={messages.filters}>
      {choice('about', auditResources, messages.resources, messages.resource, messages.anyResource)}
      {choice('action', auditActions, messages.actions, messages.action, messages.anyAction)}
      {choice('origin', auditOrigins, messages.origins, messages.origin, messages.anyOrigin)}
      {choice('status', auditStatuses, messages.statuses, messages.status, messages.anyStatus)}
      <Words
        label={messages.actor}
        hint={messages.actorHint}
        value={search.actor}
        onChange={(it) => change('actor', it)}
      />
      <Words
        label={messages.object}
        hint={messages.objectHint}
        value={search.object}
        onChange={(it) => change('object', it)}
      />
      <Day label={messages.from} value={search.from} onChange={(day) => change('from', day)} />
      <Day label={messages.to} value={search.to} onChange={(day) => change('to', day)} />
      {isFiltered && <Button onClick={() => onChange({})}>{messages.clear}</Button>}
    </search>
  );
}

/** How long (ms) typing rests before the server is asked. */
const PAUSE = 300;

interface WordsProps {
  label: string;
  hint: string;
  value: string | undefined;
  onChange: (value: string) => void;
}

function Words({ label, hint, value = '', onChange }: WordsProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  // Cleared, or gone back to, from outside.
  if (known !== value) {
    setKnown(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  });
  return <TextField label={label} hideLabel type="search" placeholder={hint} value={text} onChange={setText} />;
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChange: (day: string) => void;
}

function Day({ label, value = '', onChange }: DayProps) {
  return (
    <div className={styles.day}>
      <span aria-hidden="true">{label}</span>
      <TextField label={label} hideLabel type="date" value={value} onChange={onChange} />
    </div>
  );
}
