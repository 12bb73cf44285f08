import { hueOfName } from '../../ui/hue.ts';
import styles from './blueprint-icon.module.css';
import { iconOf } from './icon-table.ts';

export interface BlueprintIconProps {
  identifier: string;
  icon?: string | null | undefined;
  /** 20 in lists and navigation, 28 beside a page title. */
  size?: 20 | 28;
}

/** The sign of a blueprint: its icon on its hue. Purely decorative: the name is always beside it. */
export function BlueprintIcon({ identifier, icon, size = 20 }: BlueprintIconProps) {
  const Icon = iconOf(icon, identifier);
  return (
    <span className={styles.box} data-hue={hueOfName(identifier)} data-size={size} aria-hidden="true">
      <Icon size={size === 20 ? 14 : 18} stroke={1.6} />
    </span>
  );
}
