import { TextInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

export function EmailCell({ value }: CellProps) {
  const address = String(value);
  return (
    <a className={`${styles.text} ${styles.link}`} href={`mailto:${address}`}>
      {address}
    </a>
  );
}

export const email: KindLook = { Cell: EmailCell, Input: TextInput, filter: 'text', width: 220 };
