import type { ModelBlueprint } from '../../data/model.ts';
import { CellValue } from '../../kinds/index.ts';
import { itemOf } from '../../kinds/items.ts';
import { Chip } from '../../ui/chip.tsx';
import { hueOfName } from '../../ui/hue.ts';
import type { Field } from './fields.ts';
import styles from './group-heading.module.css';
import { messages } from './messages.ts';
import type { Group } from './use-groups.ts';

/** The name of a group, drawn as its value is drawn, and how many rows it has. */
export function GroupHeading({ group, field }: { group: Group; field: Field; blueprint: ModelBlueprint }) {
  return (
    <span className={styles.heading}>
      <GroupValue value={group.value} field={field} />
      <span className={styles.count}>{messages.groupCount(group.count)}</span>
    </span>
  );
}

function GroupValue({ value, field }: { value: unknown; field: Field }) {
  if (value === null || value === undefined || value === '')
    return <span className={styles.unset}>{messages.unset}</span>;
  if (field.relation) return <Chip hue={hueOfName(field.relation.target)}>{String(value)}</Chip>;
  const property = field.property.type === 'array' ? itemOf(field.property) : field.property;
  return <CellValue value={value} property={property} />;
}
