import { Chip } from '../ui/chip.tsx';
import { hueOfName } from '../ui/hue.ts';
import { IconUsers } from '../ui/icons.ts';
import { EntityNameInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

/** A person by their e-mail or name: initials on their own hue. */
export function Person({ name }: { name: string }) {
  return (
    <span className={styles.person} title={name}>
      <span className={styles.face} data-hue={hueOfName(name)} aria-hidden="true">
        {initials(name)}
      </span>
      <span className={styles.text}>{name}</span>
    </span>
  );
}

export function TeamChip({ name }: { name: string }) {
  return (
    <Chip hue="gray" icon={<IconUsers size={14} />} title={name}>
      {name}
    </Chip>
  );
}

function initials(name: string): string {
  const [first = '', second = ''] = name.split('@')[0]?.split(/[\s._-]+/) ?? [];
  return (first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
}

const UserCell = ({ value }: CellProps) => <Person name={String(value)} />;
const TeamCell = ({ value }: CellProps) => <TeamChip name={String(value)} />;

export const user: KindLook = { Cell: UserCell, Input: EntityNameInput, filter: 'text', width: 200 };
export const team: KindLook = { Cell: TeamCell, Input: EntityNameInput, filter: 'text', width: 160 };
