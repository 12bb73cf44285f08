import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMayOnEntity } from '../../../data/abilities.ts';
import { type Entity, entityQuery } from '../../../data/entities.ts';
import { EntityIcon } from '../../blueprints/entity-icon.tsx';
import { EntityLink } from '../../blueprints/entity-link.tsx';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';

/** Whom to ask: the owning teams with what they say of themselves. */
export function Owners({ entity }: { entity: Entity }) {
  const { update } = useMayOnEntity(entity.blueprint, entity.identifier);
  return (
    <section className={styles.card} aria-labelledby="entity-owners">
      <h2 id="entity-owners" className={styles.sectionTitle}>
        {messages.team}
      </h2>
      {entity.team.map((team) => (
        <Owner key={team} team={team} />
      ))}
      {entity.team.length === 0 && (
        <p className={styles.quiet}>
          {messages.unowned}{' '}
          {update && (
            <Link
              to="/edit/$blueprint/$entity"
              params={{ blueprint: entity.blueprint, entity: entity.identifier }}
              className={styles.textLink}
            >
              {messages.chooseOwner}
            </Link>
          )}
        </p>
      )}
    </section>
  );
}

function Owner({ team }: { team: string }) {
  const { data } = useQuery({ ...entityQuery('_team', team), retry: false });
  const description = data?.properties.description;
  return (
    <div>
      <span className={styles.teamName}>
        <EntityIcon blueprint="_team" />
        <EntityLink blueprint="_team" entity={team}>
          {data?.title ?? team}
        </EntityLink>
      </span>
      {typeof description === 'string' && <p className={styles.quiet}>{description}</p>}
    </div>
  );
}
