import { Select } from '../../ui/select.tsx';
import type { InputProps } from '../kind.ts';

/** Yes, no, or not said: a check box could not tell the last two apart. */
export function BooleanInput({ property, value, onChange, ...field }: InputProps) {
  return (
    <Select
      {...field}
      description={property.description}
      options={[
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === null ? null : next === 'true')}
      clearable={!field.required}
      placeholder="Not set"
    />
  );
}

/** One of the values the definition lists; numbers stay numbers. */
export function EnumInput({ property, value, onChange, ...field }: InputProps) {
  const members = property.enum ?? [];
  return (
    <Select
      {...field}
      description={property.description}
      options={members.map((member) => ({ value: String(member), label: String(member) }))}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : (members.find((member) => String(member) === next) ?? null))}
      clearable={!field.required}
      placeholder="Not set"
    />
  );
}
