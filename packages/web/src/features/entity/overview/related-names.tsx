import { EntityLink } from '../../blueprints/entity-link.tsx';
import styles from '../entity.module.css';
import type { RelationFact } from '../entity-facts.ts';

const SHOWN = 5;

/** The targets of one relation by name; the rest is counted and stands on the Relations tab. */
export function RelatedNames({ fact }: { fact: RelationFact }) {
  const hidden = fact.targets.length - SHOWN;
  return (
    <span className={styles.names}>
      {fact.targets.slice(0, SHOWN).map(({ identifier, title }) => (
        <EntityLink key={identifier} blueprint={fact.relation.target} entity={identifier}>
          {title}
        </EntityLink>
      ))}
      {hidden > 0 && <span className={styles.quiet}>+{hidden}</span>}
    </span>
  );
}
