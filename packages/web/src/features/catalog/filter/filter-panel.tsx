import { useEffect, useState } from 'react';
import { ContextPanel } from '../../../shell/context-panel.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { CodeField } from '../../../ui/code-field.tsx';
import { IconPlus, IconX } from '../../../ui/icons.ts';
import { Segmented } from '../../../ui/toggles.tsx';
import { messages } from '../messages.ts';
import type { View } from '../use-view.ts';
import { isQuery } from '../view.ts';
import { describeNode } from './describe.ts';
import styles from './filter-panel.module.css';
import { type FilterGroup, type FilterNode, noFilter, parseFilter, printFilter } from './rule.ts';
import { isComplete, RuleFields } from './rule-form.tsx';

export interface FilterPanelProps {
  view: View;
  onClose: () => void;
}

/** The whole filter, nested as deep as one likes: as a form and, below it, as the query the API takes. */
export function FilterPanel({ view, onClose }: FilterPanelProps) {
  const [draft, setDraft] = useState(view.filter);
  useEffect(() => setDraft(view.filter), [view.filter]);
  const change = (next: FilterGroup) => {
    setDraft(next);
    if (everyRule(next, isCompleteNode)) view.setFilter(next);
  };
  return (
    <ContextPanel title={messages.filterPanel} onClose={onClose}>
      <div className={styles.panel}>
        <GroupForm group={draft} view={view} onChange={change} depth={0} />
        <FilterCode filter={view.filter} onChange={view.setFilter} />
      </div>
    </ContextPanel>
  );
}

interface GroupFormProps {
  group: FilterGroup;
  view: View;
  onChange: (group: FilterGroup) => void;
  onRemove?: () => void;
  depth: number;
}

function GroupForm({ group, view, onChange, onRemove, depth }: GroupFormProps) {
  const setNode = (at: number, node: FilterNode | undefined) => {
    const nodes = group.nodes.flatMap((before, index) => (index === at ? (node ? [node] : []) : [before]));
    onChange({ ...group, nodes });
  };
  const add = (node: FilterNode) => onChange({ ...group, nodes: [...group.nodes, node] });
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className="visually-hidden">{messages.addGroup}</legend>
      <div className={styles.line}>
        <Segmented
          label={`${messages.matchAll} / ${messages.matchAny} ${depth}`}
          options={[
            { value: 'and', label: messages.matchAll },
            { value: 'or', label: messages.matchAny },
          ]}
          value={group.combinator}
          onChange={(combinator) => onChange({ ...group, combinator })}
        />
        {onRemove && <RemoveButton onRemove={onRemove} />}
      </div>
      {group.nodes.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place.
        <div key={at} className={styles.node}>
          <NodeForm node={node} view={view} onChange={(next) => setNode(at, next)} depth={depth} />
        </div>
      ))}
      <div className={styles.line}>
        <Button size="compact" icon={<IconPlus size={16} />} onClick={() => add(firstRule(view))}>
          {messages.addRule}
        </Button>
        <Button
          size="compact"
          variant="plain"
          onClick={() => add({ ...noFilter, combinator: 'or', nodes: [firstRule(view)] })}
        >
          {messages.addGroup}
        </Button>
      </div>
    </fieldset>
  );
}

interface NodeFormProps {
  node: FilterNode;
  view: View;
  onChange: (node: FilterNode | undefined) => void;
  depth: number;
}

function NodeForm({ node, view, onChange, depth }: NodeFormProps) {
  const remove = () => onChange(undefined);
  if (node.kind === 'group') {
    return <GroupForm group={node} view={view} onChange={onChange} onRemove={remove} depth={depth + 1} />;
  }
  return (
    <div className={styles.rule}>
      <div className={styles.controls}>
        {node.kind === 'rule' ? (
          <RuleFields fields={view.fields} rule={node} onChange={onChange} />
        ) : (
          <code className={styles.other}>{JSON.stringify(node.raw)}</code>
        )}
      </div>
      <RemoveButton onRemove={remove} label={messages.removeFilter(describeNode(node, view.fields))} />
    </div>
  );
}

function RemoveButton({ onRemove, label = messages.remove }: { onRemove: () => void; label?: string }) {
  return (
    <IconButton label={label} size="compact" onClick={onRemove}>
      <IconX size={16} />
    </IconButton>
  );
}

function firstRule(view: View): FilterNode {
  const field = view.fields.find(({ filter }) => filter === 'options') ?? view.fields[0];
  return { kind: 'rule', field: field?.id ?? '$title', operator: field?.filter === 'options' ? 'in' : 'contains' };
}

function isCompleteNode(node: FilterNode): boolean {
  return node.kind !== 'rule' || isComplete(node);
}

function everyRule(node: FilterNode, holds: (node: FilterNode) => boolean): boolean {
  return node.kind === 'group' ? node.nodes.every((inner) => everyRule(inner, holds)) : holds(node);
}

/** The same filter as JSON. It is taken over while it can be read; what is wrong is said below it. */
function FilterCode({ filter, onChange }: { filter: FilterGroup; onChange: (filter: FilterGroup) => void }) {
  const printed = JSON.stringify(printFilter(filter) ?? { combinator: 'and', rules: [] }, null, 2);
  const [text, setText] = useState(printed);
  const [error, setError] = useState<string>();
  useEffect(() => {
    setText((before) => (sameJson(before, printed) ? before : printed));
    setError(undefined);
  }, [printed]);
  const change = (next: string) => {
    setText(next);
    const read = readQuery(next);
    setError('error' in read ? read.error : undefined);
    if ('filter' in read) onChange(read.filter);
  };
  return (
    <CodeField
      label={messages.filterCode}
      description={messages.filterCodeHelp}
      language="json"
      value={text}
      onChange={change}
      error={error}
      minHeight={160}
    />
  );
}

function readQuery(text: string): { filter: FilterGroup } | { error: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isQuery(value) ? { filter: parseFilter(value) } : { error: messages.notQuery };
  } catch (cause) {
    return { error: messages.notJson(cause instanceof Error ? cause.message : '') };
  }
}

function sameJson(one: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return false;
  }
}
