import '@mantine/core/styles/Popover.layer.css';
import { Popover as KitPopover } from '@mantine/core';
import { type ReactNode, useId, useRef, useState } from 'react';
import styles from './popover.module.css';

export interface HoverCardProps {
  /** Accessible name of the button that shows the card. */
  label: string;
  icon: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** Long enough that a passing pointer opens nothing, in milliseconds. */
const LINGER = 250;
const LEAVE = 200;

/**
 * More about the thing beside it: a small button whose card opens when the pointer rests on it, when it gets the
 * focus and when it is pressed. Pressed, the card stays and Tab goes into it; Esc or a press elsewhere closes it.
 */
export function HoverCard({ label, icon, className, children }: HoverCardProps) {
  const [state, setState] = useState<'closed' | 'peek' | 'pinned'>('closed');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  // The focus that comes back when the card closes must not open it again.
  const closing = useRef(false);
  const close = () => {
    closing.current = state === 'pinned';
    setState('closed');
  };
  const after = (delay: number, change: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(change, delay);
  };
  const peek = () => setState((now) => (now === 'pinned' ? now : 'peek'));
  const leave = () => setState((now) => (now === 'pinned' ? now : 'closed'));
  const hover = { onMouseEnter: () => after(LINGER, peek), onMouseLeave: () => after(LEAVE, leave) };
  return (
    <KitPopover
      opened={state !== 'closed'}
      onChange={(opened) => !opened && close()}
      position="bottom-start"
      offset={4}
      width={320}
      trapFocus={state === 'pinned'}
      returnFocus={state === 'pinned'}
      shadow="none"
      transitionProps={{ duration: 100 }}
      classNames={{ dropdown: styles.dropdown ?? '' }}
    >
      <KitPopover.Target>
        <button
          type="button"
          className={className}
          aria-label={label}
          aria-describedby={state === 'peek' ? id : undefined}
          onClick={() => (state === 'pinned' ? close() : setState('pinned'))}
          onFocus={(event) => {
            if (!closing.current && event.currentTarget.matches(':focus-visible')) peek();
            closing.current = false;
          }}
          onBlur={() => after(LEAVE, leave)}
          onKeyDown={(event) => event.key === 'Escape' && close()}
          {...hover}
        >
          {icon}
        </button>
      </KitPopover.Target>
      <KitPopover.Dropdown aria-label={label} {...hover}>
        <div id={id}>{children}</div>
      </KitPopover.Dropdown>
    </KitPopover>
  );
}
