import '@mantine/core/styles/Input.layer.css';
import {
  type InputWrapperProps,
  Input as KitInput,
  NumberInput as KitNumberInput,
  Textarea as KitTextarea,
  TextInput as KitTextInput,
} from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import styles from './fields.module.css';

/** What every form control has: the label above and always there, help and the error below, tied to the control. */
export interface FieldFrame {
  label: string;
  /** The label is only for screen readers: for toolbars and cells. */
  hideLabel?: boolean;
  description?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  name?: string;
  autoFocus?: boolean;
}

const order: NonNullable<InputWrapperProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error'];

/** The part of a kit control's props that every field shares. */
export function frameProps({ label, hideLabel, description, error, required, disabled, name, autoFocus }: FieldFrame) {
  return {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    ...(description ? { description } : {}),
    ...(error ? { error } : {}),
    ...(name ? { name } : {}),
    required: required ?? false,
    disabled: disabled ?? false,
    'data-autofocus': autoFocus || undefined,
    inputWrapperOrder: order,
    classNames: fieldClasses,
  };
}

export const fieldClasses = {
  wrapper: styles.wrapper ?? '',
  input: styles.input ?? '',
  label: styles.label ?? '',
  description: styles.description ?? '',
  error: styles.error ?? '',
  required: styles.required ?? '',
  section: styles.section ?? '',
};

export interface TextFieldProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement>) => void;
  type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'datetime-local' | 'date';
  placeholder?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  maxLength?: number;
  icon?: ReactNode;
  trailing?: ReactNode;
  /** Monospaced: identifiers, addresses, commands. */
  code?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({ value, onChange, icon, trailing, code, inputRef, autoFocus, ...rest }: TextFieldProps) {
  const { onBlur, onKeyDown, type = 'text', placeholder, autoComplete, maxLength, ...frame } = rest;
  return (
    <KitTextInput
      {...frameProps({ ...frame, autoFocus: autoFocus ?? false })}
      {...(inputRef ? { ref: inputRef } : {})}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...{ onBlur, onKeyDown, type, placeholder, autoComplete, maxLength }}
      autoFocus={autoFocus}
      leftSection={icon}
      rightSection={trailing}
      data-code={code || undefined}
      spellCheck={code ? false : undefined}
    />
  );
}

export interface TextAreaProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  minRows?: number;
  code?: boolean;
}

export function TextArea({ value, onChange, onBlur, minRows = 3, code, ...frame }: TextAreaProps) {
  return (
    <KitTextarea
      {...frameProps(frame)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...{ onBlur }}
      autosize
      minRows={minRows}
      maxRows={18}
      data-code={code || undefined}
      spellCheck={code ? false : undefined}
    />
  );
}

export interface NumberFieldProps extends FieldFrame {
  value: number | null;
  onChange: (value: number | null) => void;
  onBlur?: () => void;
  min?: number;
  max?: number;
}

/** A number, or null when empty. The wheel never changes it. */
export function NumberField({ value, onChange, onBlur, min, max, ...frame }: NumberFieldProps) {
  return (
    <KitNumberInput
      {...frameProps(frame)}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      {...{ onBlur }}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      clampBehavior="none"
      hideControls
    />
  );
}

/** Label, help and error around a control that the kit does not know. `children` gets the ids to point at. */
export function FieldBox({ label, description, error, required, children }: FieldFrame & { children: ReactNode }) {
  return (
    <KitInput.Wrapper
      label={label}
      labelElement="div"
      {...(description ? { description } : {})}
      {...(error ? { error } : {})}
      required={required ?? false}
      inputWrapperOrder={order}
      classNames={fieldClasses}
    >
      {children}
    </KitInput.Wrapper>
  );
}
