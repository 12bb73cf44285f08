import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconCode, IconFilter, IconX } from '../../../ui/icons.ts';
import { Popover } from '../../../ui/popover.tsx';
import type { Field } from '../fields.ts';
import { messages } from '../messages.ts';
import type { View } from '../use-view.ts';
import { describeNode } from './describe.ts';
import styles from './filter-bar.module.css';
import { LazyRuleForm } from './lazy.tsx';
import { operatorsOf } from './operators.ts';
import { type FilterNode, type FilterRule, noFilter, withRule } from './rule.ts';

/** The filter as pills: each says its rule, opens it and removes it. */
export function FilterBar({ view }: { view: View }) {
  const { filter, fields, setFilter } = view;
  if (filter.nodes.length === 0) return null;
  const replace = (at: number, node: FilterNode | undefined) => {
    const nodes = filter.nodes.flatMap((before, index) => (index === at ? (node ? [node] : []) : [before]));
    setFilter({ ...filter, nodes });
  };
  return (
    <section className={styles.bar} aria-label={messages.filter}>
      {filter.combinator === 'or' && filter.nodes.length > 1 && <span className={styles.any}>{messages.matchAny}</span>}
      {filter.nodes.map((node, at) => (
        <FilterPill
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place.
          key={at}
          node={node}
          view={view}
          words={describeNode(node, fields)}
          onChange={(next) => replace(at, next)}
          onOpenPanel={() => view.change({ panel: 'filter' })}
        />
      ))}
      <Button size="compact" variant="plain" onClick={() => setFilter(noFilter)}>
        {messages.clearFilters}
      </Button>
      <Button
        size="compact"
        variant="plain"
        icon={<IconCode size={16} stroke={1.5} />}
        onClick={() => view.change({ panel: 'filter' })}
      >
        {messages.editAsCode}
      </Button>
    </section>
  );
}

interface FilterPillProps {
  node: FilterNode;
  view: View;
  words: string;
  onChange: (node: FilterNode | undefined) => void;
  onOpenPanel: () => void;
}

/** A rule opens beside its pill; groups and rules written in code open in the panel. */
function FilterPill({ node, view, words, onChange, onOpenPanel }: FilterPillProps) {
  const [opened, setOpened] = useState(false);
  const label = (
    <button
      type="button"
      className={styles.words}
      title={words}
      aria-haspopup="dialog"
      onClick={() => (node.kind === 'rule' ? setOpened(!opened) : onOpenPanel())}
    >
      {words}
    </button>
  );
  return (
    <span className={styles.pill}>
      {node.kind === 'rule' ? (
        <Popover trigger={label} opened={opened} onChange={setOpened} label={words}>
          <LazyRuleForm
            rule={node}
            fields={view.fields}
            onApply={(rule) => {
              onChange(rule);
              setOpened(false);
            }}
          />
        </Popover>
      ) : (
        label
      )}
      <button
        type="button"
        className={styles.remove}
        aria-label={messages.removeFilter(words)}
        onClick={() => onChange(undefined)}
      >
        <IconX size={14} aria-hidden="true" />
      </button>
    </span>
  );
}

export interface AddFilterProps {
  view: View;
  /** Opens with this field chosen; undefined once that is done. */
  start: Field | undefined;
  onStarted: () => void;
}

/** Adds a rule: picks the property, then the comparison, then the value. */
export function AddFilter({ view, start, onStarted }: AddFilterProps) {
  const [opened, setOpened] = useState(false);
  const set = (next: boolean) => {
    setOpened(next);
    if (!next) onStarted();
  };
  const operator = start && operatorsOf(start)[0];
  const rule: FilterRule | undefined = start && operator && { kind: 'rule', field: start.id, operator };
  return (
    <Popover
      label={messages.addFilter}
      opened={opened || start !== undefined}
      onChange={set}
      trigger={
        <Button
          variant="plain"
          icon={<IconFilter size={16} stroke={1.5} />}
          data-active={view.filter.nodes.length > 0}
          aria-haspopup="dialog"
          onClick={() => set(!opened)}
        >
          {messages.addFilter}
        </Button>
      }
    >
      <LazyRuleForm
        key={start?.id}
        fields={view.fields}
        {...(rule ? { rule } : {})}
        onApply={(next) => {
          view.setFilter(withRule(view.filter, next));
          set(false);
        }}
      />
    </Popover>
  );
}
