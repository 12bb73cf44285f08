import { Link } from '@tanstack/react-router';
import type { Entity, Provenance } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { StatusChip } from '../../../ui/chip.tsx';
import { IconCheck, IconClock } from '../../../ui/icons.ts';
import { Skeleton } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { shortValue } from '../activity/short-value.ts';
import styles from '../entity.module.css';
import { isEmpty, propertyFacts, relationFacts } from '../entity-facts.ts';
import { messages } from '../messages.ts';
import type { TabProps } from '../tab-props.ts';
import { OriginPlace } from './origin-place.tsx';
import { groupByOrigin } from './provenance.ts';

/** Why does it say that: who vouches for the entity, where each value came from, and what went wrong at the source. */
export default function SourceTab({ entity, blueprint, provenance }: TabProps) {
  if (!provenance) return <Skeleton lines={8} />;
  return (
    <div className={styles.stack}>
      {provenance.problems.length > 0 && <Problems problems={provenance.problems} />}
      <Sightings sightings={provenance.sightings} />
      <Origins entity={entity} blueprint={blueprint} provenance={provenance} />
    </div>
  );
}

function Problems({ problems }: Pick<Provenance, 'problems'>) {
  return (
    <section className={styles.card} aria-labelledby="source-problems">
      <div className={styles.cardHead}>
        <h2 id="source-problems" className={styles.sectionTitle}>
          {messages.ingestProblems}
        </h2>
        <Link to="/build/sources" className={styles.textLink}>
          {messages.openSources}
        </Link>
      </div>
      <p className={styles.quiet}>{messages.lastGoodText}</p>
      <ul className={styles.problems}>
        {problems.map(({ message, file, line, at }) => (
          <li key={`${file} ${line} ${message}`}>
            <code className={styles.place}>{line === undefined ? file : `${file}:${line}`}</code>
            <span>{message}</span>
            <span className={styles.quiet}>
              <Time at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sightings({ sightings }: Pick<Provenance, 'sightings'>) {
  const { source, first, last, state } = messages.sightingColumns;
  return (
    <section className={styles.card} aria-labelledby="source-sightings">
      <h2 id="source-sightings" className={styles.sectionTitle}>
        {messages.sightings}
      </h2>
      {sightings.length === 0 ? (
        <p className={styles.quiet}>{messages.noSightings}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {[source, first, last, state].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sightings.map((sighting) => (
              <tr key={sighting.source.id}>
                <td>{sighting.source.label}</td>
                <td>
                  <Time at={sighting.firstSeenAt} />
                </td>
                <td>
                  <Time at={sighting.lastSeenAt} />
                </td>
                <td>
                  {sighting.stale ? (
                    <StatusChip tone="warning" icon={<IconClock size={14} />}>
                      {messages.stale}
                    </StatusChip>
                  ) : (
                    <StatusChip tone="success" icon={<IconCheck size={14} />}>
                      {messages.present}
                    </StatusChip>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface OriginsProps {
  entity: Entity;
  blueprint: ModelBlueprint;
  provenance: Provenance;
}

function Origins({ entity, blueprint, provenance }: OriginsProps) {
  return (
    <section className={styles.card} aria-labelledby="source-origins">
      <h2 id="source-origins" className={styles.sectionTitle}>
        {messages.valueOrigins}
      </h2>
      {groupByOrigin(provenance, storedValues(entity, blueprint)).map(({ origin, values }) => (
        <section key={JSON.stringify(origin ?? null)} className={styles.originGroup}>
          <h3 className={styles.originHead}>
            {origin ? <OriginPlace origin={origin.origin} /> : messages.unrecorded}
            {origin && (
              <span className={styles.quiet}>
                {messages.since} <Time at={origin.at} />
              </span>
            )}
          </h3>
          <dl className={styles.details}>
            {values.map(({ path, title, value }) => (
              <div key={path} className={styles.detail}>
                <dt>{title}</dt>
                <dd className={styles.originValue}>{shortValue(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  );
}

/** Every stored value that is set; derived ones come from their definition, not from a source. */
function storedValues(entity: Entity, blueprint: ModelBlueprint): { path: string; title: string; value: unknown }[] {
  const properties = propertyFacts(blueprint, entity)
    .filter(({ empty, derivation }) => !empty && !derivation)
    .map(({ key, title, value }) => ({ path: `properties.${key}`, title, value }));
  const relations = relationFacts(blueprint, entity)
    .filter(({ targets }) => targets.length > 0)
    .map(({ key, title, targets }) => ({
      path: `relations.${key}`,
      title,
      value: targets.map((target) => target.title),
    }));
  const meta = [
    { path: 'title', title: messages.columns.title, value: entity.title },
    { path: 'team', title: messages.team, value: entity.team },
  ];
  return [...meta.filter(({ value }) => !isEmpty(value)), ...properties, ...relations];
}
