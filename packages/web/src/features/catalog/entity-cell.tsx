import type { Entity } from '../../data/entities.ts';
import { CellValue } from '../../kinds/index.ts';
import { Chip } from '../../ui/chip.tsx';
import { hueOfName } from '../../ui/hue.ts';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import styles from './entity-cell.module.css';
import { type Field, fieldValue, relatedIn, TITLE } from './fields.ts';

/** How many related entities a cell names before it says how many more there are. */
const SHOWN = 2;

/** The value of one field of one entity, as it stands in a table. */
export function EntityCell({ entity, field, icon }: { entity: Entity; field: Field; icon: string | null | undefined }) {
  if (field.id === TITLE) return <TitleCell entity={entity} icon={icon} />;
  if (field.relation) return <RelationCell entity={entity} relation={field.relation} />;
  return <CellValue value={fieldValue(entity, field)} property={field.property} />;
}

function TitleCell({ entity, icon }: { entity: Entity; icon: string | null | undefined }) {
  return (
    <span className={styles.title}>
      <BlueprintIcon identifier={entity.blueprint} icon={entity.icon ?? icon} />
      <EntityLink blueprint={entity.blueprint} entity={entity.identifier} className={styles.name ?? ''}>
        {entity.title}
      </EntityLink>
    </span>
  );
}

function RelationCell({ entity, relation }: { entity: Entity; relation: NonNullable<Field['relation']> }) {
  const related = relatedIn(entity, relation.key);
  const more = related.length - SHOWN;
  return (
    <span className={styles.related}>
      {related.slice(0, SHOWN).map(({ identifier, title }) => (
        <EntityLink key={identifier} blueprint={relation.target} entity={identifier} className={styles.chip ?? ''}>
          <Chip hue={hueOfName(relation.target)} title={title}>
            {title}
          </Chip>
        </EntityLink>
      ))}
      {more > 0 && (
        <span
          className={styles.more}
          title={related
            .slice(SHOWN)
            .map(({ title }) => title)
            .join(', ')}
        >
          +{more}
        </span>
      )}
    </span>
  );
}
