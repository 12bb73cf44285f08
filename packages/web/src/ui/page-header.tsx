import type { ReactNode } from 'react';
import styles from './page-header.module.css';

export interface PageHeaderProps {
  icon?: ReactNode;
  title: string;
  /** Beside the title: chips, counts. */
  facts?: ReactNode;
  description?: ReactNode;
  /** Above the title: a breadcrumb. */
  above?: ReactNode;
  actions?: ReactNode;
}

/** The head of a page with its one `h1`. */
export function PageHeader({ icon, title, facts, description, above, actions }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      {above && <div className={styles.above}>{above}</div>}
      <div className={styles.line}>
        {icon}
        <h1 className={styles.title}>{title}</h1>
        {facts && <div className={styles.facts}>{facts}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {description && <div className={styles.description}>{description}</div>}
    </header>
  );
}
