import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { titleOf, useModel } from '../../data/model.ts';
import { useMay } from '../../data/session.ts';
import { type TrashItem, trashQuery } from '../../data/trash.ts';
import { useRestore } from '../../data/writes.ts';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { showToast } from '../../ui/toast.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { messages } from './messages.ts';
import { PurgeDialog } from './purge-dialog.tsx';
import styles from './trash-page.module.css';

/** What was deleted, by whom, until when it can come back. */
export function TrashPage() {
  const [blueprint, setBlueprint] = useState<string>();
  const trash = useInfiniteQuery(trashQuery(blueprint));
  const model = useModel();
  const items = trash.data?.pages.flatMap((page) => page.trash) ?? [];
  return (
    <Page>
      <PageTitle parts={[messages.trash]} />
      <PageHeader title={messages.trash} description={messages.trashText} />
      {(items.length > 0 || blueprint) && (
        <div className={styles.filter}>
          <Select
            label={messages.kind}
            hideLabel
            placeholder={messages.anyKind}
            options={(model.data ?? []).map((each) => ({ value: each.identifier, label: titleOf(each) }))}
            value={blueprint ?? null}
            onChange={(next) => setBlueprint(next ?? undefined)}
            clearable
          />
        </div>
      )}
      {trash.error ? (
        <Failure error={trash.error} onRetry={() => void trash.refetch()} />
      ) : trash.isPending ? (
        <Skeleton lines={8} height={24} />
      ) : items.length === 0 ? (
        <StateMessage icon={<IconTrash size={32} stroke={1.5} />} title={messages.trashEmptyTitle}>
          {messages.trashEmptyText}
        </StateMessage>
      ) : (
        <TrashList items={items} />
      )}
      {trash.hasNextPage && (
        <Button busy={trash.isFetchingNextPage} onClick={() => void trash.fetchNextPage()}>
          {messages.more}
        </Button>
      )}
    </Page>
  );
}

function TrashList({ items }: { items: readonly TrashItem[] }) {
  const mayWrite = useMay()('entity:write');
  const model = useModel();
  const restore = useRestore();
  const [purging, setPurging] = useState<TrashItem>();
  // Awaited rather than called back: the list may be gone by then, because its last row was restored.
  const bringBack = async (item: TrashItem) => {
    await restore.mutateAsync(item).then(
      () => showToast({ message: messages.restored(item.title) }),
      (error: unknown) => showToast({ tone: 'danger', message: messageOf(error) }),
    );
  };
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{messages.entity}</th>
            <th scope="col">{messages.kind}</th>
            <th scope="col">{messages.deleted}</th>
            <th scope="col">{messages.expires}</th>
            {mayWrite && <th scope="col" aria-label={messages.restore} />}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const blueprint = model.data?.find(({ identifier }) => identifier === item.blueprint);
            return (
              <tr key={item.id}>
                <td>
                  <span className={styles.name}>
                    <BlueprintIcon identifier={item.blueprint} icon={blueprint?.icon} />
                    <span className={styles.title}>{item.title}</span>
                  </span>
                </td>
                <td>{blueprint ? titleOf(blueprint) : item.blueprint}</td>
                <td>
                  <Time at={item.deletedAt} />
                </td>
                <td>
                  <Time at={item.expiresAt} />
                </td>
                {mayWrite && (
                  <td className={styles.actions}>
                    <Button
                      size="compact"
                      onClick={() => void bringBack(item)}
                      aria-label={messages.restoreNamed(item.title)}
                    >
                      {messages.restore}
                    </Button>
                    <Button
                      size="compact"
                      variant="plain"
                      onClick={() => setPurging(item)}
                      aria-label={messages.purgeNamed(item.title)}
                    >
                      {messages.purge}
                    </Button>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {purging && <PurgeDialog item={purging} onClose={() => setPurging(undefined)} />}
    </>
  );
}
