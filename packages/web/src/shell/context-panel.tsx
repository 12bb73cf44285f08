import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from '../ui/button.tsx';
import { IconX } from '../ui/icons.ts';
import styles from './context-panel.module.css';
import { messages } from './messages.ts';

/** The element on the right of the shell that holds the one panel; null until the shell is drawn. */
export const PanelSlot = createContext<HTMLElement | null>(null);

export interface ContextPanelProps {
  title: string;
  onClose: () => void;
  /** In the panel's head, before the close button. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * The context panel: beside the content on wide screens, over it on narrow ones. There is one slot; a page shows one
 * panel at a time and keeps which one in its URL (`panel=`). Esc closes it and gives the focus back.
 */
export function ContextPanel({ title, onClose, actions, children }: ContextPanelProps) {
  const slot = useContext(PanelSlot);
  const panel = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  if (!slot) return null;
  return createPortal(
    <section
      ref={panel}
      className={styles.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        close.current();
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {actions}
        <IconButton label={messages.close} size="compact" onClick={onClose}>
          <IconX size={16} />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
    </section>,
    slot,
  );
}
