import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Menu as KitMenu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { IconCheck } from './icons.ts';
import styles from './menu.module.css';

export interface MenuProps {
  /** The button that opens the menu; must take a ref. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'end';
  width?: number;
  opened?: boolean;
  onChange?: (opened: boolean) => void;
}

/** A menu of actions below its trigger: arrow keys, type-ahead, Esc returns the focus. */
export function Menu({ trigger, children, align = 'start', width = 224, opened, onChange }: MenuProps) {
  return (
    <KitMenu
      position={`bottom-${align}`}
      offset={4}
      width={width}
      loop
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 100 }}
      classNames={menuClasses}
      {...(opened === undefined ? {} : { opened })}
      {...(onChange ? { onChange } : {})}
    >
      <KitMenu.Target>{trigger}</KitMenu.Target>
      <KitMenu.Dropdown>{children}</KitMenu.Dropdown>
    </KitMenu>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  /** Right side: a shortcut. */
  trailing?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** Keep the menu open: for items that toggle. */
  stay?: boolean;
  /** Makes it a check box of the menu, with a tick while it is on. */
  checked?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, trailing, danger, disabled, stay, checked, onSelect, children }: MenuItemProps) {
  if (checked !== undefined) {
    return (
      <KitMenu.CheckboxItem
        checked={checked}
        disabled={disabled ?? false}
        closeMenuOnClick={!stay}
        onChange={onSelect}
        checkIcon={<IconCheck size={16} />}
      >
        {children}
      </KitMenu.CheckboxItem>
    );
  }
  return (
    <KitMenu.Item
      leftSection={icon}
      rightSection={trailing}
      disabled={disabled ?? false}
      closeMenuOnClick={!stay}
      onClick={onSelect}
      data-danger={danger || undefined}
    >
      {children}
    </KitMenu.Item>
  );
}

export interface MenuChoiceProps<T extends string> {
  /** Says what is chosen; shown above the options. */
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few alternatives inside a menu, with a tick at the present one. */
export function MenuChoice<T extends string>({ label, options, value, onChange }: MenuChoiceProps<T>) {
  const choose = (next: string) => {
    const option = options.find((each) => each.value === next);
    if (option) onChange(option.value);
  };
  return (
    <>
      <KitMenu.Label>{label}</KitMenu.Label>
      <KitMenu.RadioGroup value={value} onChange={choose} aria-label={label}>
        {options.map((option) => (
          <KitMenu.RadioItem key={option.value} value={option.value} checkIcon={<IconCheck size={16} />}>
            {option.label}
          </KitMenu.RadioItem>
        ))}
      </KitMenu.RadioGroup>
    </>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => <KitMenu.Label>{children}</KitMenu.Label>;
export const MenuDivider = () => <KitMenu.Divider />;

/** How every menu looks, also those that open at a point. */
export const menuClasses = {
  dropdown: styles.dropdown ?? '',
  item: styles.item ?? '',
  label: styles.label ?? '',
  divider: styles.divider ?? '',
  itemSection: styles.section ?? '',
};
