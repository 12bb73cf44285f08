import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMayOnEntity } from '../../data/abilities.ts';
import { type Entity, entityQuery } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { DetailValue, isUnset } from '../../kinds/index.ts';
import { ContextPanel } from '../../shell/context-panel.tsx';
import { Failure } from '../../shell/failures.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconEdit } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { type Field, fieldValue, relatedIn, TITLE } from './fields.ts';
import { messages } from './messages.ts';
import styles from './preview.module.css';

export interface PreviewProps {
  blueprint: ModelBlueprint;
  fields: readonly Field[];
  identifier: string;
  /** What the table already knows of it, shown at once. */
  known: Entity | undefined;
  onClose: () => void;
}

/** One entity beside the table: everything that is set, without leaving the list. */
export function Preview({ blueprint, fields, identifier, known, onClose }: PreviewProps) {
  const { update } = useMayOnEntity(blueprint.identifier, identifier);
  const { data, error, refetch } = useQuery(entityQuery(blueprint.identifier, identifier));
  const entity = data ?? known;
  return (
    <ContextPanel
      title={entity?.title ?? identifier}
      onClose={onClose}
      actions={update && entity && <EditLink blueprint={blueprint.identifier} entity={identifier} />}
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : entity ? (
        <Facts blueprint={blueprint} fields={fields} entity={entity} />
      ) : (
        <Skeleton lines={8} />
      )}
    </ContextPanel>
  );
}

function EditLink({ blueprint, entity }: { blueprint: string; entity: string }) {
  return (
    <Link
      to="/edit/$blueprint/$entity"
      params={{ blueprint, entity }}
      className={buttonClass({ variant: 'plain', size: 'compact' })}
    >
      <IconEdit size={16} stroke={1.5} aria-hidden="true" />
      {messages.edit}
    </Link>
  );
}

function Facts({ blueprint, fields, entity }: { blueprint: ModelBlueprint; fields: readonly Field[]; entity: Entity }) {
  return (
    <div className={styles.facts}>
      <div className={styles.name}>
        <BlueprintIcon identifier={blueprint.identifier} icon={entity.icon ?? blueprint.icon} size={28} />
        <EntityLink blueprint={blueprint.identifier} entity={entity.identifier} className={buttonClass({})}>
          {messages.openPage}
        </EntityLink>
      </div>
      <dl className={styles.list}>
        {fields.map((field) => (
          <Fact key={field.id} field={field} entity={entity} />
        ))}
      </dl>
    </div>
  );
}

function Fact({ field, entity }: { field: Field; entity: Entity }) {
  if (field.id === TITLE) return null;
  const value = field.relation ? relatedIn(entity, field.relation.key) : fieldValue(entity, field);
  if (isUnset(value)) return null;
  return (
    <div className={styles.fact}>
      <dt>{field.title}</dt>
      <dd>
        <FactValue field={field} entity={entity} value={value} />
      </dd>
    </div>
  );
}

function FactValue({ field, entity, value }: { field: Field; entity: Entity; value: unknown }) {
  const { relation } = field;
  if (field.id === '$identifier') {
    return (
      <span className={styles.identifier}>
        <code>{entity.identifier}</code>
        <CopyButton text={entity.identifier} label={messages.copyIdentifier} />
      </span>
    );
  }
  if (field.id === '$createdAt' || field.id === '$updatedAt') return <Time at={String(value)} />;
  if (!relation) return <DetailValue value={value} property={field.property} />;
  return (
    <ul>
      {relatedIn(entity, relation.key).map(({ identifier, title }) => (
        <li key={identifier}>
          <EntityLink blueprint={relation.target} entity={identifier}>
            {title}
          </EntityLink>
        </li>
      ))}
    </ul>
  );
}
