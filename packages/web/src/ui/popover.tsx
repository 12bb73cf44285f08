import '@mantine/core/styles/Popover.layer.css';
import { Popover as KitPopover } from '@mantine/core';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import styles from './popover.module.css';
import { InsidePopover } from './portals.ts';

export interface PopoverProps {
  trigger: ReactElement;
  children: ReactNode;
  opened: boolean;
  onChange: (opened: boolean) => void;
  width?: number | 'target';
  align?: 'start' | 'end';
  /** Accessible name of the floating box. */
  label: string;
}

/** A small floating form below its trigger; the focus goes in and comes back. */
export function Popover({ trigger, children, opened, onChange, width = 320, align = 'start', label }: PopoverProps) {
  return (
    <KitPopover
      opened={opened}
      onChange={onChange}
      position={`bottom-${align}`}
      offset={4}
      width={width}
      trapFocus
      closeOnEscape={false}
      returnFocus
      shadow="none"
      transitionProps={{ duration: 100 }}
      classNames={{ dropdown: styles.dropdown ?? '' }}
    >
      <KitPopover.Target>{trigger}</KitPopover.Target>
      <KitPopover.Dropdown aria-label={label} onKeyDown={(event) => isMeantForThis(event) && onChange(false)}>
        <InsidePopover value={true}>{children}</InsidePopover>
      </KitPopover.Dropdown>
    </KitPopover>
  );
}

/** Esc closes only what is on top: an open list of options inside comes first. */
function isMeantForThis(event: KeyboardEvent): boolean {
  return event.key === 'Escape' && (event.target as HTMLElement).getAttribute('aria-expanded') !== 'true';
}
