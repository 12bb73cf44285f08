import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Entity, pageQuery, unownedQuery } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf, useModel } from '../../data/model.ts';
import { useSession } from '../../data/session.ts';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import styles from './home-page.module.css';
import { messages } from './messages.ts';

const today = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** What there is, what has just changed, what nobody looks after. */
export function HomePage() {
  const { actor } = useSession();
  const { data, error, refetch } = useModel();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  const blueprints = data ?? [];
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.greeting(actor?.label.split('@')[0] ?? '')} description={today.format(new Date())} />
      <div className={styles.columns}>
        <Recent blueprints={blueprints} />
        <div className={styles.side}>
          <Counts blueprints={blueprints} />
          <Unowned blueprints={blueprints.filter(({ system, entityCount }) => !system && entityCount > 0)} />
        </div>
      </div>
    </Page>
  );
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.box} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

/** How many entities are listed. */
const SHOWN = 12;

function Recent({ blueprints }: { blueprints: readonly ModelBlueprint[] }) {
  const { data, isPending, error } = useRecent(blueprints);
  return (
    <Box title={messages.recent}>
      {error ? (
        <p className={styles.quiet}>{error.message}</p>
      ) : isPending ? (
        <Skeleton lines={6} height={20} />
      ) : data.length === 0 ? (
        <p className={styles.quiet}>{messages.recentEmptyShort}</p>
      ) : (
        <ul>
          {data.map((entity) => (
            <RecentLine key={`${entity.blueprint}/${entity.identifier}`} entity={entity} blueprints={blueprints} />
          ))}
        </ul>
      )}
    </Box>
  );
}

function RecentLine({ entity, blueprints }: { entity: Entity; blueprints: readonly ModelBlueprint[] }) {
  const blueprint = blueprints.find(({ identifier }) => identifier === entity.blueprint);
  return (
    <li>
      <EntityLink blueprint={entity.blueprint} entity={entity.identifier} className={styles.line ?? ''}>
        <BlueprintIcon identifier={entity.blueprint} icon={entity.icon ?? blueprint?.icon} />
        <span className={styles.name}>{entity.title}</span>
        <span className={styles.kind}>{blueprint ? titleOf(blueprint) : entity.blueprint}</span>
        <span className={styles.when}>
          <Time at={entity.updatedAt} />
        </span>
      </EntityLink>
    </li>
  );
}

/** Entities of how many blueprints are looked at: those changed last. */
const BLUEPRINTS = 6;

/** The entities changed last: the newest of the blueprints changed last, merged. */
function useRecent(blueprints: readonly ModelBlueprint[]) {
  const latest = blueprints
    .filter(({ lastUpdatedAt }) => lastUpdatedAt !== null)
    .sort((one, other) => (other.lastUpdatedAt ?? '').localeCompare(one.lastUpdatedAt ?? ''))
    .slice(0, BLUEPRINTS);
  const body = {
    limit: SHOWN,
    sort: [{ property: '$updatedAt', order: 'desc' as const }],
    include: ['identifier', 'title', 'icon', 'updatedAt'],
  };
  return useQueries({
    queries: latest.map(({ identifier }) => pageQuery(identifier, body, 'recent', 0)),
    combine: (results) => ({
      data: results
        .flatMap(({ data }) => data?.entities ?? [])
        .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
        .slice(0, SHOWN),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
}

function Counts({ blueprints }: { blueprints: readonly ModelBlueprint[] }) {
  const filled = blueprints
    .filter(({ entityCount }) => entityCount > 0)
    .sort((one, other) => other.entityCount - one.entityCount)
    .slice(0, SHOWN);
  if (filled.length === 0) return null;
  return (
    <Box title={messages.catalog}>
      <ul>
        {filled.map((blueprint) => (
          <li key={blueprint.identifier}>
            <Link to="/e/$blueprint" params={{ blueprint: blueprint.identifier }} className={styles.line}>
              <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />
              <span className={styles.name}>{titleOf(blueprint)}</span>
              {blueprint.staleCount > 0 && (
                <span className={styles.stale}>{messages.staleOf(blueprint.staleCount)}</span>
              )}
              <span className={styles.count}>{messages.entities(blueprint.entityCount)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Link to="/catalog" className={styles.all}>
        {messages.openCatalog}
      </Link>
    </Box>
  );
}

/** Links straight to the table of what nobody owns. */
const unownedFilter = { combinator: 'and' as const, rules: [{ property: '$team', operator: 'isEmpty' }] };

function Unowned({ blueprints }: { blueprints: readonly ModelBlueprint[] }) {
  const { data } = useQuery(unownedQuery);
  if (!data) return null;
  const counts = new Map(data.map(({ value, count }) => [value, count]));
  const lines = blueprints.flatMap((blueprint) => {
    const count = counts.get(blueprint.identifier) ?? 0;
    return count > 0 ? [{ blueprint, count }] : [];
  });
  return (
    <Box title={messages.unowned}>
      {lines.length === 0 ? (
        <p className={styles.quiet}>{messages.unownedNone}</p>
      ) : (
        <ul>
          {lines.map(({ blueprint, count }) => (
            <li key={blueprint.identifier}>
              <Link
                to="/e/$blueprint"
                params={{ blueprint: blueprint.identifier }}
                search={{ filter: unownedFilter }}
                className={styles.line}
              >
                <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />
                <span className={styles.name}>{titleOf(blueprint)}</span>
                <span className={styles.count}>{messages.entities(count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
