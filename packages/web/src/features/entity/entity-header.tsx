import { Link } from '@tanstack/react-router';
import type { Entity, Provenance } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { hueOfName } from '../../ui/hue.ts';
import { IconUsers } from '../../ui/icons.ts';
import { Time } from '../../ui/time.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import styles from './entity.module.css';
import { EntityActions } from './entity-actions.tsx';
import { messages } from './messages.ts';
import { FreshnessChip } from './source/freshness-chip.tsx';

export interface EntityHeaderProps {
  entity: Entity;
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
}

/** What it is, what it is called, who owns it, and whether its sources still vouch for it. */
export function EntityHeader({ entity, blueprint, provenance }: EntityHeaderProps) {
  return (
    <header className={styles.header}>
      <BlueprintIcon identifier={blueprint.identifier} icon={entity.icon ?? blueprint.icon} size={28} />
      <div className={styles.naming}>
        <div className={styles.titleLine}>
          <h1 className={styles.title}>{entity.title}</h1>
          <Link to="/e/$blueprint" params={{ blueprint: blueprint.identifier }} className={styles.chipLink}>
            <Chip hue={hueOfName(blueprint.identifier)}>{titleOf(blueprint)}</Chip>
          </Link>
          {provenance && <FreshnessChip provenance={provenance} />}
        </div>
        <div className={styles.subline}>
          <span className={styles.identifier}>
            <code>{entity.identifier}</code>
            <CopyButton text={entity.identifier} label={messages.copyIdentifier} />
          </span>
          <Owners teams={entity.team} />
          <span>
            {messages.updated} <Time at={entity.updatedAt} />
          </span>
        </div>
      </div>
      <EntityActions entity={entity} blueprint={blueprint} />
    </header>
  );
}

function Owners({ teams }: { teams: readonly string[] }) {
  if (teams.length === 0) return <span>{messages.noOwner}</span>;
  return (
    <span className={styles.owners}>
      {teams.map((team) => (
        <EntityLink key={team} blueprint="_team" entity={team} className={styles.chipLink}>
          <Chip icon={<IconUsers size={14} />}>{team}</Chip>
        </EntityLink>
      ))}
    </span>
  );
}
