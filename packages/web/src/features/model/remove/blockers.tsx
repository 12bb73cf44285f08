import { Link } from '@tanstack/react-router';
import { EntityIcon } from '../../blueprints/entity-icon.tsx';
import { modelPlace } from '../../blueprints/places.ts';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { Dependent } from '../model-map.ts';

/** The relations that point at a blueprint and keep it from being deleted, each leading to where it is declared. */
export function Blockers({ blockers, onFollow }: { blockers: readonly Dependent[]; onFollow: () => void }) {
  const lookOf = useBlueprintLooks();
  return (
    <div>
      <p>{messages.deleteBlocked}</p>
      <ul className={styles.changes}>
        {blockers.map(({ blueprint, relation, title }) => (
          <li key={`${blueprint} ${relation}`} className={styles.incomingRow}>
            <EntityIcon blueprint={blueprint} />
            <Link
              {...modelPlace(blueprint)}
              search={(before) => ({ ...before, tab: 'relations' })}
              className={styles.textLink}
              onClick={onFollow}
            >
              {lookOf(blueprint).title}
            </Link>
            <span className={styles.quiet}>{title}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
