import { Time } from '../ui/time.tsx';
import { DateTimeInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

export function MomentCell({ value }: CellProps) {
  return (
    <span className={styles.text}>
      <Time at={String(value)} />
    </span>
  );
}

export const dateTime: KindLook = { Cell: MomentCell, Input: DateTimeInput, filter: 'instant', width: 144 };

/** A moment of expiry: past ones are marked, in words as well. */
function TimerCell({ value }: CellProps) {
  const expired = new Date(String(value)).getTime() < Date.now();
  return (
    <span className={`${styles.text} ${expired ? styles.late : ''}`}>
      {expired && 'Expired '}
      <Time at={String(value)} />
    </span>
  );
}

export const timer: KindLook = { Cell: TimerCell, Input: DateTimeInput, filter: 'timer', width: 160 };
