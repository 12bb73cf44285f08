import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import { Combobox as KitCombobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './combobox.module.css';
import { type FieldFrame, fieldClasses, frameProps } from './fields.tsx';
import { useDropdownPlace } from './portals.ts';
import selectStyles from './select.module.css';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Beside the label, quieter: an identifier, an owner. */
  hint?: string;
  icon?: ReactNode;
}

export interface ComboboxProps extends FieldFrame {
  /** What the words found; the caller asks for it, so options may come from anywhere. */
  options: readonly ComboboxOption[];
  loading?: boolean;
  words: string;
  onWords: (words: string) => void;
  chosen: readonly ComboboxOption[];
  onChange: (chosen: ComboboxOption[]) => void;
  onBlur?: () => void;
  /** Any number of choices instead of one. */
  many?: boolean;
  /** What is typed may itself be chosen, for names that do not exist yet. */
  acceptWords?: boolean;
  placeholder?: string;
}

/** Choosing by typing, with options that arrive while one types. Pasted lists are split at commas and lines. */
export function Combobox(props: ComboboxProps) {
  const { options, loading, words, onWords, chosen, onChange, onBlur, many, acceptWords, placeholder, ...frame } =
    props;
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = options.filter((option) => !chosen.some(({ value }) => value === option.value));
  const typed = words.trim();
  const mayAccept = acceptWords && typed !== '' && !options.some(({ value }) => value === typed);

  const add = (option: ComboboxOption) => {
    onChange(many ? [...chosen, option] : [option]);
    onWords('');
    if (!many) combobox.closeDropdown();
  };
  const submit = (value: string) => add(options.find((option) => option.value === value) ?? { value, label: value });
  const paste = (event: React.ClipboardEvent) => {
    const names = event.clipboardData
      .getData('text')
      .split(/[\n,]/)
      .map((name) => name.trim())
      .filter(Boolean);
    if (!many || names.length < 2) return;
    event.preventDefault();
    onChange([...chosen, ...names.map((name) => ({ value: name, label: name }))]);
  };

  return (
    <KitCombobox store={combobox} onOptionSubmit={submit} {...useDropdownPlace()} classNames={dropdownClasses}>
      <KitCombobox.DropdownTarget>
        <PillsInput
          {...frameProps(frame)}
          classNames={fieldClasses}
          onClick={() => combobox.openDropdown()}
          className={styles.box}
        >
          <Pill.Group>
            {chosen.map((option) => (
              <Pill
                key={option.value}
                withRemoveButton
                disabled={frame.disabled ?? false}
                onRemove={() => onChange(chosen.filter(({ value }) => value !== option.value))}
                removeButtonProps={{ 'aria-label': `Remove ${option.label}` }}
                classNames={{ root: selectStyles.pill ?? '' }}
              >
                {option.label}
              </Pill>
            ))}
            <KitCombobox.EventsTarget>
              <PillsInput.Field
                value={words}
                aria-label={frame.label}
                disabled={frame.disabled ?? false}
                placeholder={chosen.length === 0 ? placeholder : undefined}
                onFocus={() => combobox.openDropdown()}
                onPaste={paste}
                onBlur={() => {
                  combobox.closeDropdown();
                  onBlur?.();
                }}
                onChange={(event) => {
                  onWords(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Backspace' || words !== '' || chosen.length === 0) return;
                  event.preventDefault();
                  onChange(chosen.slice(0, -1));
                }}
              />
            </KitCombobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </KitCombobox.DropdownTarget>
      <KitCombobox.Dropdown>
        <KitCombobox.Options>
          {offered.map((option) => (
            <KitCombobox.Option key={option.value} value={option.value}>
              <span className={styles.option}>
                {option.icon}
                <span className={styles.label}>{option.label}</span>
                {option.hint && option.hint !== option.label && <span className={styles.hint}>{option.hint}</span>}
              </span>
            </KitCombobox.Option>
          ))}
          {mayAccept && <KitCombobox.Option value={typed}>Use “{typed}”</KitCombobox.Option>}
          {offered.length === 0 && !mayAccept && (
            <KitCombobox.Empty>
              {loading ? 'Searching…' : typed === '' ? 'Type to search' : 'Nothing found'}
            </KitCombobox.Empty>
          )}
        </KitCombobox.Options>
      </KitCombobox.Dropdown>
    </KitCombobox>
  );
}

const dropdownClasses = { dropdown: selectStyles.dropdown ?? '', option: selectStyles.option ?? '' };
