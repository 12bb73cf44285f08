import { MultiSelect, TagsField } from '../../ui/select.tsx';
import { itemOf } from '../items.ts';
import type { InputProps } from '../kind.ts';
import { CodeInput } from './code-input.tsx';

/** A list: of texts or numbers as pills, of listed members as a choice, of anything deeper as JSON. */
export function ListInput(props: InputProps) {
  const { property, value, onChange, ...field } = props;
  const item = itemOf(property);
  if (item.type === 'object') return <JsonListInput {...props} />;
  const texts = Array.isArray(value) ? value.map(String) : [];
  const change = (next: readonly string[]) =>
    onChange(next.map((text) => (item.type === 'number' ? Number(text) : text)));
  if (item.enum) {
    const options = item.enum.map((member) => ({ value: String(member), label: String(member) }));
    return (
      <MultiSelect {...field} description={property.description} options={options} value={texts} onChange={change} />
    );
  }
  return (
    <TagsField
      {...field}
      description={property.description ?? 'Press Enter after each value.'}
      value={texts}
      onChange={change}
    />
  );
}

function JsonListInput({ property, ...rest }: InputProps) {
  return <CodeInput {...rest} property={{ ...property, type: 'object' }} />;
}
