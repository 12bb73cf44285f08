import type { Property } from '@gantry/core';
import { Button, IconButton } from '../../../ui/button.tsx';
import { FieldBox, TextField } from '../../../ui/fields.tsx';
import { IconPlus, IconX } from '../../../ui/icons.ts';
import { Select } from '../../../ui/select.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { colorNames } from './color-names.ts';

interface ChoicesFieldProps {
  property: Property;
  onChange: (part: Partial<Property>) => void;
  problem: string | undefined;
}

/** The listed values of a choice, each with a colour. */
export function ChoicesField({ property, onChange, problem }: ChoicesFieldProps) {
  const values = property.enum ?? [];
  const colors = property.enumColors ?? {};
  const isNumber = property.type === 'number';
  const setValues = (next: (string | number)[]) => onChange({ enum: next });

  const rename = (index: number, text: string) => {
    const before = String(values[index] ?? '');
    const after = isNumber ? Number(text) || 0 : text;
    const { [before]: color, ...rest } = colors;
    onChange({
      enum: values.map((value, place) => (place === index ? after : value)),
      ...(color === undefined ? {} : { enumColors: { ...rest, [String(after)]: color } }),
    });
  };
  const paint = (value: string | number, color: string | null) => {
    const { [String(value)]: _, ...rest } = colors;
    onChange({ enumColors: color ? { ...rest, [String(value)]: color } : rest });
  };
  return (
    <FieldBox label={messages.choices} error={problem}>
      <div className={styles.choices}>
        {values.map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the value is what is being typed; its place is its identity.
          <div key={index} className={styles.choice}>
            <TextField
              label={messages.choiceValue(index + 1)}
              hideLabel
              value={String(value)}
              onChange={(text) => rename(index, text)}
            />
            <Select
              label={messages.choiceColor(String(value))}
              hideLabel
              clearable
              options={colorNames.map((name) => ({ value: name, label: name }))}
              value={colors[String(value)] ?? null}
              onChange={(color) => paint(value, color)}
            />
            <IconButton
              label={messages.removeChoice(String(value))}
              size="compact"
              onClick={() => setValues(values.filter((_, place) => place !== index))}
            >
              <IconX size={16} />
            </IconButton>
          </div>
        ))}
        <Button
          size="compact"
          icon={<IconPlus size={14} />}
          onClick={() => setValues([...values, isNumber ? values.length + 1 : ''])}
        >
          {messages.addChoice}
        </Button>
      </div>
    </FieldBox>
  );
}
