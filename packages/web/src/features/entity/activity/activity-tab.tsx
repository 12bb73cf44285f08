import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changesQuery } from '../../../data/entities.ts';
import { Failure } from '../../../shell/failures.tsx';
import { Button } from '../../../ui/button.tsx';
import { Skeleton, StateMessage } from '../../../ui/states.tsx';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';
import type { TabProps } from '../tab-props.ts';
import { ChangeEntry } from './change-entry.tsx';
import { ChangeFilterBar } from './change-filter-bar.tsx';
import { type Change, type ChangeFilter, filterChanges } from './describe-change.ts';

const everything: ChangeFilter = { actions: [], origins: [] };

/** What happened to the entity, newest first: who changed what, through which source. */
export default function ActivityTab({ entity, blueprint }: TabProps) {
  const [filter, setFilter] = useState(everything);
  const query = useInfiniteQuery(changesQuery(blueprint.identifier, entity.identifier));
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton lines={8} />;
  const changes = query.data.pages.flatMap((page) => page.changes);
  const shown = filterChanges(changes, filter);
  if (changes.length === 0) return <StateMessage title={messages.noChanges} />;
  return (
    <div className={styles.stack}>
      <ChangeFilterBar changes={changes} filter={filter} onChange={setFilter} />
      {shown.length === 0 && (
        <p className={styles.more}>
          {messages.noChangesMatch(changes.length)}
          <Button size="compact" onClick={() => setFilter(everything)}>
            {messages.clearFilters}
          </Button>
        </p>
      )}
      {[...Map.groupBy(shown, dayOf)].map(([day, members]) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          <ol className={styles.timeline}>
            {members.map((change) => (
              <ChangeEntry key={change.id} change={change} blueprint={blueprint} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {messages.older}
        </Button>
      ) : (
        <p className={styles.quiet}>{messages.allLoaded(changes.length)}</p>
      )}
    </div>
  );
}

const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const dayOf = ({ at }: Change): string => day.format(new Date(at));
