import type { ReactNode } from 'react';
import styles from './chip.module.css';
import type { Hue } from './hue.ts';

export interface ChipProps {
  hue?: Hue;
  icon?: ReactNode;
  /** A dot before the text, for values of an enumeration: colour is never the only sign. */
  dot?: boolean;
  title?: string;
  children: ReactNode;
}

/** A short value: an enum member, a tag, a kind. */
export function Chip({ hue = 'gray', icon, dot = false, title, children }: ChipProps) {
  return (
    <span className={styles.chip} data-hue={hue} title={title}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={styles.text}>{children}</span>
    </span>
  );
}

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info';

/** A state in words, with an icon; the tone only underlines what the words say. */
export function StatusChip({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.status} data-tone={tone}>
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={styles.text}>{children}</span>
    </span>
  );
}
