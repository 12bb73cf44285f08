import { useEffect, useRef, useState } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { titleOf } from '../../data/model.ts';
import { TextField } from '../../ui/fields.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import type { Field } from './fields.ts';
import { AddFilter } from './filter/filter-bar.tsx';
import { GroupMenu } from './group-menu.tsx';
import { messages } from './messages.ts';
import { SortMenu } from './sort-menu.tsx';
import styles from './toolbar.module.css';
import type { View } from './use-view.ts';

export interface ToolbarProps {
  blueprint: ModelBlueprint;
  view: View;
  groupable: boolean;
  onKeepColumns: (columns: string) => void;
  /** A field to start a filter with, from its column's menu. */
  filterStart: Field | undefined;
  onFilterStarted: () => void;
}

/** What can be done with the table: find, filter, group, sort, arrange. */
export function Toolbar({ blueprint, view, groupable, onKeepColumns, filterStart, onFilterStarted }: ToolbarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label={messages.options}>
      <QuickSearch key={blueprint.identifier} label={messages.quickSearch(titleOf(blueprint))} view={view} />
      <AddFilter view={view} start={filterStart} onStarted={onFilterStarted} />
      {groupable && <GroupMenu view={view} />}
      <SortMenu view={view} />
      <ColumnsMenu view={view} onKeep={onKeepColumns} />
    </div>
  );
}

/** Typing pauses of this length (ms) start a search. */
const PAUSE = 200;

/** Words over the visible texts. Typing is never held up: the URL, and with it the request, follows after a pause. */
function QuickSearch({ label, view }: { label: string; view: View }) {
  const [words, setWords] = useState(view.q);
  const sent = useRef(view.q);
  const { change, q } = view;
  useEffect(() => {
    if (words === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = words;
      change({ q: words.trim() || undefined }, true);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [words, change]);
  useEffect(() => {
    if (q === sent.current.trim()) return;
    sent.current = q;
    setWords(q);
  }, [q]);
  return (
    <div className={styles.search}>
      <TextField
        label={label}
        hideLabel
        type="search"
        placeholder={label}
        icon={<IconSearch size={16} stroke={1.5} />}
        value={words}
        onChange={setWords}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setWords('');
        }}
      />
    </div>
  );
}
