import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import { MultiSelect as KitMultiSelect, Select as KitSelect, TagsInput as KitTagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type FieldFrame, fieldClasses, frameProps } from './fields.tsx';
import { useDropdownPlace } from './portals.ts';
import styles from './select.module.css';

export interface Option {
  value: string;
  label: string;
}

const classNames = {
  ...fieldClasses,
  dropdown: styles.dropdown ?? '',
  option: styles.option ?? '',
  pill: styles.pill ?? '',
};

export interface SelectProps extends FieldFrame {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  placeholder?: string;
  clearable?: boolean;
  /** Typing filters the options; on by default from eight options up. */
  searchable?: boolean;
  icon?: ReactNode;
}

/** One of several options. */
export function Select({
  options,
  value,
  onChange,
  searchable = options.length >= 8,
  clearable,
  icon,
  ...rest
}: SelectProps) {
  const { onBlur, placeholder, ...frame } = rest;
  return (
    <KitSelect
      {...frameProps(frame)}
      {...{ onBlur, placeholder }}
      data={[...options]}
      value={value}
      onChange={onChange}
      searchable={searchable}
      clearable={clearable ?? false}
      allowDeselect={clearable ?? false}
      leftSection={icon}
      nothingFoundMessage="Nothing found"
      comboboxProps={useDropdownPlace()}
      classNames={classNames}
    />
  );
}

export interface MultiSelectProps extends FieldFrame {
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  placeholder?: string;
}

/** Any number of several options, shown as removable pills. */
export function MultiSelect({ options, value, onChange, onBlur, placeholder, ...frame }: MultiSelectProps) {
  return (
    <KitMultiSelect
      {...frameProps(frame)}
      {...{ onBlur, placeholder }}
      data={[...options]}
      value={[...value]}
      onChange={onChange}
      searchable
      nothingFoundMessage="Nothing found"
      comboboxProps={useDropdownPlace()}
      classNames={classNames}
    />
  );
}

export interface TagsFieldProps extends FieldFrame {
  value: readonly string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  placeholder?: string;
  suggestions?: readonly string[];
}

/** Free texts as pills: Enter or a comma adds one, pasted lists are split. */
export function TagsField({ value, onChange, onBlur, placeholder, suggestions = [], ...frame }: TagsFieldProps) {
  return (
    <KitTagsInput
      {...frameProps(frame)}
      {...{ onBlur, placeholder }}
      data={[...suggestions]}
      value={[...value]}
      onChange={onChange}
      splitChars={[',', '\n']}
      acceptValueOnBlur
      comboboxProps={useDropdownPlace()}
      classNames={classNames}
    />
  );
}
