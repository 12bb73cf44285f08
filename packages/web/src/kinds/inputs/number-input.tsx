import { NumberField } from '../../ui/fields.tsx';
import type { InputProps } from '../kind.ts';

export function NumberInput({ property, value, onChange, ...field }: InputProps) {
  return (
    <NumberField
      {...field}
      description={property.description}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      {...(property.minimum === undefined ? {} : { min: property.minimum })}
      {...(property.maximum === undefined ? {} : { max: property.maximum })}
    />
  );
}
