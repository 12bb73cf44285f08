import type { Operator } from '@gantry/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { aggregateQuery } from '../../../data/entities.ts';
import { NumberField, TextField } from '../../../ui/fields.tsx';
import { MultiSelect, Select, TagsField } from '../../../ui/select.tsx';
import type { Field } from '../fields.ts';
import { messages } from '../messages.ts';
import { presetWords, takesList } from './operators.ts';
import { RelatedInput } from './related-input.tsx';
import styles from './rule-form.module.css';

export interface ValueInputProps {
  field: Field;
  operator: Operator;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The control for what a rule compares with: it follows the field's kind and the comparison. */
export function ValueInput(props: ValueInputProps) {
  const { field, operator, value, onChange } = props;
  if (field.relation) return <RelatedInput {...props} target={field.relation.target} />;
  if (operator === 'between' || operator === 'notBetween') return <RangeInput {...props} />;
  if (field.property.enum) return <MembersInput {...props} />;
  if (takesList(operator) || field.filter === 'list') return <KnownValuesInput {...props} />;
  switch (field.filter) {
    case 'number':
      return (
        <NumberField
          label={messages.value}
          hideLabel
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <Select
          label={messages.value}
          hideLabel
          options={[
            { value: 'true', label: messages.yes },
            { value: 'false', label: messages.no },
          ]}
          value={String(value ?? true)}
          onChange={(next) => onChange(next === 'true')}
        />
      );
    case 'instant':
    case 'timer':
      return <DayInput label={messages.value} value={value} onChange={onChange} />;
    default:
      return (
        <TextField
          label={messages.value}
          hideLabel
          autoFocus
          placeholder={messages.value}
          value={typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)}
          onChange={onChange}
        />
      );
  }
}

/** The members of an enumeration; numbers stay numbers. */
function MembersInput({ field, operator, value, onChange }: ValueInputProps) {
  const members = field.property.enum ?? [];
  const options = members.map((member) => ({ value: String(member), label: String(member) }));
  const original = (text: string) => members.find((member) => String(member) === text) ?? text;
  if (takesList(operator)) {
    return (
      <MultiSelect
        label={messages.value}
        hideLabel
        options={options}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next) => onChange(next.map(original))}
        placeholder={messages.value}
      />
    );
  }
  return (
    <Select
      label={messages.value}
      hideLabel
      options={options}
      value={value === undefined || value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? undefined : original(next))}
      placeholder={messages.value}
    />
  );
}

/** One or several texts; the most frequent values in use are suggested. */
function KnownValuesInput({ field, operator, value, onChange }: ValueInputProps) {
  const { blueprint } = useParams({ from: '/signed-in/e/$blueprint' });
  const { data } = useQuery(aggregateQuery(blueprint, { func: 'countValues', property: field.id, limit: 50 }));
  const known = Array.isArray(data)
    ? data.flatMap(({ value: found }) => (typeof found === 'string' ? [found] : []))
    : [];
  const many = takesList(operator);
  const chosen = [value ?? []].flat().map(String);
  return (
    <TagsField
      label={messages.value}
      hideLabel
      suggestions={known}
      value={chosen}
      onChange={(next) => onChange(many ? next : next.at(-1))}
      placeholder={chosen.length > 0 ? '' : messages.value}
    />
  );
}

const EXACT = 'exact';

/** A range of time: relative, or from one day to another. */
function RangeInput({ value, onChange }: ValueInputProps) {
  const range = (typeof value === 'object' && value !== null ? value : {}) as {
    preset?: string;
    from?: string;
    to?: string;
  };
  const [exact, setExact] = useState(
    range.preset === undefined && (range.from !== undefined || range.to !== undefined),
  );
  const choose = (preset: string | null) => {
    setExact(preset === EXACT);
    onChange(preset === EXACT ? {} : { preset });
  };
  const part = (key: 'from' | 'to') => (day: unknown) => {
    const next = { ...range, [key]: day };
    onChange(Object.fromEntries(Object.entries(next).filter(([name, at]) => name !== 'preset' && at !== undefined)));
  };
  return (
    <div className={styles.range}>
      <Select
        label={messages.preset}
        hideLabel
        options={[
          { value: EXACT, label: messages.exactDates },
          ...Object.entries(presetWords).map(([preset, words]) => ({ value: preset, label: words })),
        ]}
        value={exact ? EXACT : (range.preset ?? null)}
        onChange={choose}
      />
      {exact && <DayInput label={messages.from} value={range.from} onChange={part('from')} />}
      {exact && <DayInput label={messages.to} value={range.to} onChange={part('to')} endOfDay />}
    </div>
  );
}

/** A day of the local calendar, kept as a moment: its start, or its end. */
function DayInput({
  label,
  value,
  onChange,
  endOfDay = false,
}: {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  endOfDay?: boolean;
}) {
  const moment = typeof value === 'string' ? new Date(value) : undefined;
  const day = moment && !Number.isNaN(moment.getTime()) ? localDay(moment) : '';
  return (
    <TextField
      label={label}
      hideLabel={label === messages.value}
      type="date"
      value={day}
      onChange={(next) =>
        onChange(next === '' ? undefined : new Date(`${next}T${endOfDay ? '23:59:59.999' : '00:00:00'}`).toISOString())
      }
    />
  );
}

function localDay(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}
