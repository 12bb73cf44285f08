import { IconChevronDown, IconChevronRight } from '../icons.ts';
import styles from './grid.module.css';
import type { GridItem } from './grid-types.ts';

type Heading = Extract<GridItem<never>, { kind: 'heading' }>;

/** A heading across all columns: the name and count of a group, which it opens and closes. */
export function GridHeading({
  item,
  index,
  top,
  focused,
  span,
}: {
  item: Heading;
  index: number;
  top: number;
  focused: boolean;
  span: number;
}) {
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={styles.row}
      data-index={index}
      data-heading="true"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={span}
        tabIndex={focused ? 0 : -1}
        data-column={0}
        aria-expanded={item.expanded}
        className={styles.heading}
      >
        <span className={styles.headingText}>
          {item.expanded ? (
            <IconChevronDown size={16} aria-hidden="true" />
          ) : (
            <IconChevronRight size={16} aria-hidden="true" />
          )}
          {item.content}
        </span>
      </div>
    </div>
  );
}
