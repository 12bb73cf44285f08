import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { IconArrowDown, IconArrowUp, IconSortAscending, IconX } from '../../ui/icons.ts';
import { Popover } from '../../ui/popover.tsx';
import { Select } from '../../ui/select.tsx';
import { messages } from './messages.ts';
import styles from './toolbar.module.css';
import type { View } from './use-view.ts';
import type { SortKey } from './view.ts';

/** The keys the rows are sorted by, up to five; the first decides, the next break ties. */
export function SortMenu({ view }: { view: View }) {
  const [opened, setOpened] = useState(false);
  const { sort, setSort } = view;
  const sortable = view.fields.filter((field) => field.sortable);
  const titleOf = (id: string) => view.fields.find((field) => field.id === id)?.title ?? id;
  const unused = sortable.filter(({ id }) => !sort.some(({ property }) => property === id));
  const move = (at: number, by: number) => {
    const next = [...sort];
    const [key] = next.splice(at, 1);
    if (key) next.splice(at + by, 0, key);
    setSort(next);
  };
  return (
    <Popover
      label={messages.sort}
      opened={opened}
      onChange={setOpened}
      trigger={
        <Button
          variant="plain"
          icon={<IconSortAscending size={16} stroke={1.5} />}
          data-active={sort.length > 0}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          {sort.length > 0 ? `${messages.sort}: ${sort.length}` : messages.sort}
        </Button>
      }
    >
      <div className={styles.stack}>
        {sort.length === 0 && <p className={styles.quiet}>{messages.noSort}</p>}
        {sort.map((key, at) => (
          <div key={key.property} className={styles.sortKey}>
            <span className={styles.sortTitle}>{titleOf(key.property)}</span>
            <Button size="compact" onClick={() => setSort(sort.map((each) => (each === key ? reversed(key) : each)))}>
              {key.order === 'asc' ? messages.ascending : messages.descending}
            </Button>
            <IconButton label={messages.moveUp} size="compact" disabled={at === 0} onClick={() => move(at, -1)}>
              <IconArrowUp size={16} />
            </IconButton>
            <IconButton
              label={messages.moveDown}
              size="compact"
              disabled={at === sort.length - 1}
              onClick={() => move(at, 1)}
            >
              <IconArrowDown size={16} />
            </IconButton>
            <IconButton
              label={messages.remove}
              size="compact"
              onClick={() => setSort(sort.filter((each) => each !== key))}
            >
              <IconX size={16} />
            </IconButton>
          </div>
        ))}
        {sort.length < 5 && (
          <Select
            label={messages.addSort}
            hideLabel
            placeholder={messages.addSort}
            options={unused.map(({ id, title }) => ({ value: id, label: title }))}
            value={null}
            onChange={(id) => id && setSort([...sort, { property: id, order: 'asc' }])}
          />
        )}
      </div>
    </Popover>
  );
}

function reversed({ property, order }: SortKey): SortKey {
  return { property, order: order === 'asc' ? 'desc' : 'asc' };
}

/** What a click on a head does: ascending, descending, unsorted; with Shift, beside the keys there are. */
export function cycleSort(sort: readonly SortKey[], property: string, additive: boolean): SortKey[] {
  const now = sort.find((key) => key.property === property);
  const next: SortKey[] = !now
    ? [{ property, order: 'asc' }]
    : now.order === 'asc'
      ? [{ property, order: 'desc' }]
      : [];
  if (!additive) return next;
  if (!now) return [...sort, ...next].slice(0, 5);
  return sort.flatMap((key) => (key === now ? next : [key]));
}
