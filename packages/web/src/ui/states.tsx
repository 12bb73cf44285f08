import { type ReactNode, useEffect, useState } from 'react';
import styles from './states.module.css';

export interface StateProps {
  icon?: ReactNode;
  title: string;
  /** What it means and what to do; one or two sentences. */
  children?: ReactNode;
  actions?: ReactNode;
  /** Announced at once: for failures. */
  urgent?: boolean;
  heading?: 'h1' | 'h2' | 'h3';
}

/** Nothing here, not allowed, failed, offline: the cause and the next step, never a dead end. */
export function StateMessage({ icon, title, children, actions, urgent = false, heading: Heading = 'h2' }: StateProps) {
  return (
    <div className={styles.state} role={urgent ? 'alert' : undefined}>
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Grey bars in the shape of what is coming. Appears only after 150 ms, so that quick answers never flicker. */
export function Skeleton({ lines = 3, height = 16 }: { lines?: number; height?: number }) {
  const shown = useDelayed(150);
  if (!shown) return null;
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move.
        <span key={index} className={styles.bone} style={{ height, width: `${[92, 78, 85, 64][index % 4]}%` }} />
      ))}
    </div>
  );
}

/** True once `ms` have passed since the first draw. */
export function useDelayed(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

export type NoticeTone = 'info' | 'warning' | 'danger';

/** A line across the part it is about: partial answers, failures that leave the rest usable, announcements. */
export function Notice({
  tone,
  icon,
  children,
  actions,
}: {
  tone: NoticeTone;
  icon?: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      {icon && (
        <span className={styles.noticeIcon} aria-hidden="true">
          {icon}
        </span>
      )}
      <div className={styles.noticeText}>{children}</div>
      {actions}
    </div>
  );
}
