import { NumberInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

const format = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });

export function NumberCell({ value }: CellProps) {
  return <span className={styles.number}>{typeof value === 'number' ? format.format(value) : String(value)}</span>;
}

export const number: KindLook = { Cell: NumberCell, Input: NumberInput, filter: 'number', align: 'end', width: 112 };
