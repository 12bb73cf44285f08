import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { relatedQuery } from '../../../data/entities.ts';
import { Failure } from '../../../shell/failures.tsx';
import { IconTable, IconTopologyStar3 } from '../../../ui/icons.ts';
import { Skeleton, StateMessage } from '../../../ui/states.tsx';
import { Segmented } from '../../../ui/toggles.tsx';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import styles from '../entity.module.css';
import { relationFacts } from '../entity-facts.ts';
import { messages } from '../messages.ts';
import { groupKey } from '../overview/neighbour-boxes.ts';
import type { TabProps } from '../tab-props.ts';
import { GroupLink, groupTitle } from './group-link.tsx';
import { RelatedTable } from './related-table.tsx';

const RelatedGraph = lazy(() => import('./related-graph.tsx'));

const route = '/signed-in/e/$blueprint/$entity/{-$tab}' as const;
const FIRST = 100;
const ALL = 1000;
/** What the entity says of itself comes before what others say of it. */
const sides = { out: 0, in: 1 } as const;

/** Neighbours, one group for each relation and direction, as a table or a graph. */
export default function RelationsTab({ entity, blueprint }: TabProps) {
  const [limit, setLimit] = useState(FIRST);
  const lookOf = useBlueprintLooks();
  const { relation, view } = useSearch({ from: route });
  const navigate = useNavigate({ from: '/e/$blueprint/$entity/{-$tab}' });
  const { data, error, refetch } = useQuery(relatedQuery(blueprint.identifier, entity.identifier, limit));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} />;
  const groups = [...data].sort((a, b) => sides[a.direction] - sides[b.direction]);
  const open = groups.find((group) => groupKey(group) === relation) ?? groups[0];
  if (!open) return <StateMessage title={messages.relationsEmpty}>{messages.relationsEmptyText}</StateMessage>;
  const unset = relationFacts(blueprint, entity).filter(({ targets }) => targets.length === 0);
  return (
    <div className={styles.relations}>
      <nav aria-label={messages.relationGroups} className={styles.groups}>
        {groups.map((group) => (
          <GroupLink key={groupKey(group)} entity={entity} group={group} open={group === open} />
        ))}
        {unset.length > 0 && (
          <p className={styles.unsetRelations}>{messages.declaredOnly(unset.map(({ title }) => title).join(', '))}</p>
        )}
      </nav>
      <div className={styles.stack}>
        <div className={styles.tools}>
          <h2 className={styles.sectionTitle}>
            {groupTitle(open, lookOf(open.blueprint).title)} <span className={styles.quiet}>{open.count}</span>
          </h2>
          <Segmented
            label={messages.showAs}
            value={view === 'graph' ? 'graph' : 'table'}
            onChange={(next) =>
              void navigate({
                search: (before) => {
                  const { view: _, ...rest } = before;
                  return next === 'graph' ? { ...rest, view: 'graph' } : rest;
                },
                replace: true,
              })
            }
            options={[
              { value: 'table', label: messages.asTable, icon: <IconTable size={14} /> },
              { value: 'graph', label: messages.asGraph, icon: <IconTopologyStar3 size={14} /> },
            ]}
          />
        </div>
        {view === 'graph' ? (
          <Suspense fallback={<Skeleton lines={8} />}>
            <RelatedGraph entity={entity} blueprint={blueprint} group={open} />
          </Suspense>
        ) : (
          <RelatedTable
            key={groupKey(open)}
            group={open}
            {...(limit === FIRST ? { onShowAll: () => setLimit(ALL) } : {})}
          />
        )}
      </div>
    </div>
  );
}
