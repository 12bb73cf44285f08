import type { ReactNode } from 'react';
import styles from './page.module.css';

/** The padding and width of an ordinary page; tables and canvases fill the content area themselves. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <div className={styles.page} data-narrow={narrow}>
      {children}
    </div>
  );
}
