import { IconCheck, IconX } from '../ui/icons.ts';
import { BooleanInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

export function BooleanCell({ value }: CellProps) {
  return value === true ? (
    <span className={styles.yes}>
      <IconCheck size={16} aria-hidden="true" /> Yes
    </span>
  ) : (
    <span className={styles.no}>
      <IconX size={16} aria-hidden="true" /> No
    </span>
  );
}

export const boolean: KindLook = { Cell: BooleanCell, Input: BooleanInput, filter: 'boolean', width: 96 };
