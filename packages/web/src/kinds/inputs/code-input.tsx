import { useState } from 'react';
import { CodeField } from '../../ui/code-field.tsx';
import type { InputProps } from '../kind.ts';

/** YAML, proto and other texts as they are; objects as JSON that is handed on when it can be read. */
export function CodeInput({ property, value, onChange, ...field }: InputProps) {
  return property.type === 'object' ? (
    <JsonInput {...field} property={property} value={value} onChange={onChange} />
  ) : (
    <CodeField
      {...field}
      description={property.description}
      language={property.format === 'yaml' ? 'yaml' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

function JsonInput({ property, value, onChange, error, ...field }: InputProps) {
  const [text, setText] = useState(() => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [unreadable, setUnreadable] = useState<string>();
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === '' ? null : JSON.parse(next));
      setUnreadable(undefined);
    } catch (cause) {
      setUnreadable(cause instanceof Error ? cause.message : 'This is not JSON.');
    }
  };
  return (
    <CodeField
      {...field}
      description={property.description}
      language="json"
      error={unreadable ?? error}
      value={text}
      onChange={change}
    />
  );
}
