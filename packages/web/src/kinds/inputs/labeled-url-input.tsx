import { FieldBox, TextField } from '../../ui/fields.tsx';
import type { InputProps } from '../kind.ts';
import styles from './inputs.module.css';

/** An address and the words to show for it. */
export function LabeledUrlInput({ property, label, value, onChange, onBlur, error, required, disabled }: InputProps) {
  const { url = '', displayText = '' } = (value ?? {}) as { url?: string; displayText?: string };
  const change = (next: { url: string; displayText: string }) => {
    if (next.url === '' && next.displayText === '') onChange(null);
    else onChange({ url: next.url, ...(next.displayText === '' ? {} : { displayText: next.displayText }) });
  };
  const shared = { disabled: disabled ?? false, ...(onBlur ? { onBlur } : {}) };
  return (
    <FieldBox label={label} description={property.description} error={error} required={required ?? false}>
      <div className={styles.pair}>
        <TextField
          {...shared}
          hideLabel
          label={`${label}: address`}
          type="url"
          placeholder="https://…"
          value={url}
          onChange={(next) => change({ url: next, displayText })}
        />
        <TextField
          {...shared}
          hideLabel
          label={`${label}: text`}
          placeholder="Text to show"
          value={displayText}
          onChange={(next) => change({ url, displayText: next })}
        />
      </div>
    </FieldBox>
  );
}
