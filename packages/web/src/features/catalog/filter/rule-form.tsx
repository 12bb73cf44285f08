import type { Operator } from '@gantry/core';
import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Field } from '../fields.ts';
import { messages } from '../messages.ts';
import { needsNoValue, operatorsOf, takesList, wordsOf } from './operators.ts';
import type { FilterRule } from './rule.ts';
import styles from './rule-form.module.css';
import { ValueInput } from './value-input.tsx';

export interface RuleFormProps {
  fields: readonly Field[];
  /** The rule to change; a new one when absent. */
  rule?: FilterRule;
  onApply: (rule: FilterRule) => void;
}

/** Property, comparison, value; one under the other. */
export function RuleForm({ fields, rule, onApply }: RuleFormProps) {
  const [draft, setDraft] = useState<FilterRule | undefined>(rule);
  const complete = draft !== undefined && isComplete(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (complete) onApply(draft);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <RuleFields fields={fields} rule={draft} onChange={setDraft} />
      <Button type="submit" variant="primary" disabled={!complete}>
        {messages.apply}
      </Button>
    </form>
  );
}

export interface RuleFieldsProps {
  fields: readonly Field[];
  rule: FilterRule | undefined;
  onChange: (rule: FilterRule) => void;
}

/** The controls of a rule, for the popover and for the rows of the panel. */
export function RuleFields({ fields, rule, onChange }: RuleFieldsProps) {
  const field = fields.find(({ id }) => id === rule?.field);
  const choose = (id: string | null) => {
    const next = fields.find((candidate) => candidate.id === id);
    const operator = next && operatorsOf(next)[0];
    if (next && operator) onChange(emptyRule(next, operator));
  };
  const compare = (operator: Operator) => {
    if (!field || !rule) return;
    const keeps = sameValueShape(rule.operator, operator);
    onChange(keeps ? { ...rule, operator } : emptyRule(field, operator));
  };
  return (
    <>
      <Select
        label={messages.property}
        hideLabel
        autoFocus={!rule}
        placeholder={messages.property}
        options={fields.map(({ id, title }) => ({ value: id, label: title }))}
        value={rule?.field ?? null}
        onChange={choose}
        searchable
      />
      {rule && field && (
        <Select
          label={messages.operator}
          hideLabel
          options={withOwn(operatorsOf(field), rule.operator).map((operator) => ({
            value: operator,
            label: wordsOf(operator, field),
          }))}
          value={rule.operator}
          onChange={(operator) => operator && compare(operator as Operator)}
          searchable={false}
        />
      )}
      {rule && field && !needsNoValue(rule.operator) && (
        <ValueInput
          field={field}
          operator={rule.operator}
          value={rule.value}
          onChange={(value) => onChange({ ...rule, value })}
        />
      )}
    </>
  );
}

function emptyRule(field: Field, operator: Operator): FilterRule {
  const value = firstValue(field, operator);
  return { kind: 'rule', field: field.id, operator, ...(value === undefined ? {} : { value }) };
}

function firstValue(field: Field, operator: Operator): unknown {
  if (needsNoValue(operator)) return undefined;
  if (takesList(operator)) return [];
  if (operator === 'between' || operator === 'notBetween') return { preset: 'lastWeek' };
  return field.filter === 'boolean' ? true : undefined;
}

/** A comparison from a query in code stays choosable, though the form would not offer it. */
function withOwn(offered: readonly Operator[], own: Operator): readonly Operator[] {
  return offered.includes(own) ? offered : [...offered, own];
}

function shapeOf(operator: Operator): string {
  if (needsNoValue(operator)) return 'none';
  if (takesList(operator)) return 'list';
  return operator === 'between' || operator === 'notBetween' ? 'range' : 'one';
}

const sameValueShape = (one: Operator, other: Operator): boolean => shapeOf(one) === shapeOf(other);

export function isComplete({ operator, value }: FilterRule): boolean {
  if (needsNoValue(operator)) return true;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== '' && value !== null;
}
