import { TextArea, TextField } from '../../ui/fields.tsx';
import type { InputProps } from '../kind.ts';

/** One line of text; the keyboard of phones follows the format. */
export function TextInput({ property, value, onChange, ...field }: InputProps) {
  const type = property.format === 'url' ? 'url' : property.format === 'email' ? 'email' : 'text';
  return (
    <TextField
      {...field}
      type={type}
      description={describe(property)}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

/** Text of several lines. */
export function LongTextInput({ property, value, onChange, ...field }: InputProps) {
  return (
    <TextArea
      {...field}
      description={property.description}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

function describe(property: InputProps['property']): string | undefined {
  const pattern = property.pattern ? `Must match ${property.pattern}` : undefined;
  return [property.description, pattern].filter(Boolean).join(' · ') || undefined;
}
