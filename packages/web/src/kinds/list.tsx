import { Chip } from '../ui/chip.tsx';
import { ListInput } from './inputs/index.ts';
import { itemOf } from './items.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';
import { lookOfOne } from './look-of-one.ts';
import { text } from './text.tsx';

/** How many items a cell shows before it says how many more there are. */
const SHOWN = 3;

function Items({ values, property }: { values: readonly unknown[]; property: CellProps['property'] }) {
  const item = itemOf(property);
  const isText = item.type === 'string' && !item.format && !item.enum;
  const { Cell } = lookOfOne(item) ?? text;
  return values.map((value, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own and may repeat.
    <span key={index}>{isText ? <Chip>{String(value)}</Chip> : <Cell value={value} property={item} />}</span>
  ));
}

function ListCell({ value, property }: CellProps) {
  if (!Array.isArray(value) || value.length === 0) return null;
  const more = value.length - SHOWN;
  return (
    <span className={styles.list}>
      <Items values={value.slice(0, SHOWN)} property={property} />
      {more > 0 && (
        <span className={styles.more} title={value.slice(SHOWN).map(String).join(', ')}>
          +{more}
        </span>
      )}
    </span>
  );
}

function ListDetail({ value, property }: CellProps) {
  if (!Array.isArray(value)) return null;
  return (
    <span className={styles.wrap}>
      <Items values={value} property={property} />
    </span>
  );
}

export const list: KindLook = {
  Cell: ListCell,
  Detail: ListDetail,
  Input: ListInput,
  filter: 'list',
  width: 220,
  unsortable: true,
};
