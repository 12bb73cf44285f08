import { TextInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

export function TextCell({ value }: CellProps) {
  return <span className={styles.text}>{String(value)}</span>;
}

/** With room for it, text keeps its lines. */
function TextDetail({ value }: CellProps) {
  return <span className={styles.lines}>{String(value)}</span>;
}

/** Addresses of machines and other text that is read character by character. */
export function CodeCell({ value }: CellProps) {
  return <span className={styles.code}>{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}

export const text: KindLook = { Cell: TextCell, Detail: TextDetail, Input: TextInput, filter: 'text', width: 200 };

/** An IP address. */
export const ip: KindLook = { Cell: CodeCell, Input: TextInput, filter: 'text', width: 144 };
