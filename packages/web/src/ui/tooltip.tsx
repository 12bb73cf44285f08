import '@mantine/core/styles/Tooltip.layer.css';
import { Tooltip as KitTooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import styles from './tooltip.module.css';

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip({ label, children }: { label: ReactNode; children: ReactElement }) {
  return (
    <KitTooltip
      label={label}
      openDelay={400}
      classNames={{ tooltip: styles.tooltip ?? '' }}
      events={{ hover: true, focus: true, touch: false }}
    >
      {children}
    </KitTooltip>
  );
}
