import { Menu as KitMenu } from '@mantine/core';
import type { ReactNode } from 'react';
import { menuClasses } from './menu.tsx';

export interface PointMenuProps {
  /** Where it opens, in window pixels; closed when undefined. */
  at: { readonly x: number; readonly y: number } | undefined;
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A menu at a point of the window: for rows and heads, where every one having its own would be thousands. */
export function PointMenu({ at, label, onClose, children }: PointMenuProps) {
  if (!at) return null;
  return (
    <KitMenu
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      offset={4}
      width={224}
      loop
      withInitialFocusPlaceholder={false}
      trapFocus
      returnFocus
      transitionProps={{ duration: 100 }}
      classNames={menuClasses}
    >
      <KitMenu.Target>
        <button
          type="button"
          tabIndex={-1}
          className="visually-hidden"
          aria-label={label}
          style={{ position: 'fixed', left: at.x, top: at.y }}
        />
      </KitMenu.Target>
      <KitMenu.Dropdown aria-label={label}>{children}</KitMenu.Dropdown>
    </KitMenu>
  );
}
