import type { Property } from '@gantry/core';
import { NumberField, TextField } from '../../../ui/fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { ChoicesField } from './choices-field.tsx';
import { choiceOf, constraintsOf, type TypeName, typeChoices } from './property-types.ts';

interface ConstraintFieldsProps {
  property: Property;
  type: TypeName;
  onChange: (part: Partial<Property>) => void;
  problem: string | undefined;
}

type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'minItems' | 'maxItems';

const limitLabels: Record<Limit, string> = {
  minLength: messages.fieldMinLength,
  maxLength: messages.fieldMaxLength,
  minimum: messages.fieldMinimum,
  maximum: messages.fieldMaximum,
  minItems: messages.fieldMinItems,
  maxItems: messages.fieldMaxItems,
};
const isLimit = (key: string): key is Limit => key in limitLabels;

/** What narrows the values of a type: listed values, limits, a pattern, the type of a list's items. */
export function ConstraintFields({ property, type, onChange, problem }: ConstraintFieldsProps) {
  const keys = constraintsOf(type);
  const limits = keys.filter(isLimit);
  return (
    <>
      {keys.includes('enum') && <ChoicesField {...{ property, onChange, problem }} />}
      {keys.includes('items') && <ItemsField property={property} onChange={onChange} />}
      {keys.includes('pattern') && (
        <TextField
          label={messages.fieldPattern}
          description={messages.fieldPatternHelp}
          code
          value={property.pattern ?? ''}
          onChange={(pattern) => onChange({ pattern })}
        />
      )}
      {limits.length > 0 && (
        <div className={styles.pair}>
          {limits.map((key) => (
            <NumberField
              key={key}
              label={limitLabels[key]}
              value={property[key] ?? null}
              onChange={(value) => onChange({ [key]: value ?? undefined })}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** Lists of lists and of listed values are written as JSON; the form offers the plain kinds. */
const itemChoices = typeChoices.filter(({ value }) => value !== 'array' && !value.endsWith('choice'));

function ItemsField({ property, onChange }: Pick<ConstraintFieldsProps, 'property' | 'onChange'>) {
  const items: Property = { type: 'string', ...(property.items as Partial<Property> | undefined) };
  return (
    <Select
      label={messages.fieldItems}
      searchable
      options={itemChoices.map(({ value, label }) => ({ value, label }))}
      value={choiceOf(items).value}
      onChange={(value) => {
        const keys = itemChoices.find((choice) => choice.value === value)?.keys;
        if (keys) onChange({ items: keys });
      }}
    />
  );
}
