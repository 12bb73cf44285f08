import type { ReactNode } from 'react';
import styles from './tabs.module.css';

/**
 * Tabs that are links: each has its own URL, so they are navigation, not a widget. Give it links as children and mark
 * the one that is open with `aria-current="page"` (the router's links do so by themselves).
 */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.bar} aria-label={label}>
      {children}
    </nav>
  );
}

/** The class of a link inside a `TabBar`. */
export const tabClass = styles.tab ?? '';
