import { Link } from '@tanstack/react-router';
import type { Entity, RelatedGroup } from '../../../data/entities.ts';
import { IconArrowLeft, IconArrowRight } from '../../../ui/icons.ts';
import { BlueprintIcon } from '../../blueprints/blueprint-icon.tsx';
import { entityPlace } from '../../blueprints/places.ts';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';
import { groupKey } from '../overview/neighbour-boxes.ts';

interface GroupLinkProps {
  entity: Pick<Entity, 'blueprint' | 'identifier'>;
  group: RelatedGroup;
  /** It is the group that is shown. */
  open?: boolean;
}

/** Leads to one group of neighbours on the Relations tab; says its direction and its size. */
export function GroupLink({ entity, group, open = false }: GroupLinkProps) {
  const look = useBlueprintLooks()(group.blueprint);
  const Arrow = group.direction === 'out' ? IconArrowRight : IconArrowLeft;
  return (
    <Link
      {...entityPlace(entity.blueprint, entity.identifier, 'relations')}
      search={(before) => ({ ...before, relation: groupKey(group) })}
      className={styles.group}
      aria-current={open ? 'true' : undefined}
      activeProps={{}}
    >
      <BlueprintIcon identifier={group.blueprint} icon={look.icon} />
      <span className={styles.groupTitle}>{groupTitle(group, look.title)}</span>
      <span className="visually-hidden">{group.direction === 'out' ? messages.outgoing : messages.incoming}</span>
      <Arrow size={14} stroke={1.5} aria-hidden="true" className={styles.groupArrow} />
      <span className={styles.count}>{group.count}</span>
    </Link>
  );
}

/** A relation of others is named after them: several may call theirs the same. */
export function groupTitle({ direction, title }: RelatedGroup, kind: string): string {
  return direction === 'out' || title === kind ? title : `${kind} · ${title}`;
}
