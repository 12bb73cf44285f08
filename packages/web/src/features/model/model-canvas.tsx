import { useMemo } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { startEngine } from '../../ui/graph/elk-worker.ts';
import { GraphCanvas } from '../../ui/graph/graph-canvas.tsx';
import { labelWidth } from '../../ui/graph/layout.ts';
import { useLayout } from '../../ui/graph/use-layout.ts';
import { hueOfName } from '../../ui/hue.ts';
import { StateMessage } from '../../ui/states.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { messages } from './messages.ts';
import styles from './model.module.css';
import { type ModelNode, modelMap } from './model-map.ts';

export interface ModelStageProps {
  blueprints: readonly ModelBlueprint[];
  selected: string | undefined;
  /** Blueprints with unsaved changes. */
  edited: ReadonlySet<string>;
  onSelect: (identifier: string | undefined) => void;
}

startEngine();

const NODE = { width: 184, height: 40 } as const;

export default function ModelCanvas({ blueprints, selected, edited, onSelect }: ModelStageProps) {
  const { nodes, edges } = useMemo(() => modelMap(blueprints, true), [blueprints]);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const boxes = nodes.map((node) => ({
    ...NODE,
    id: node.id,
    name: messages.nodeName(node.title, node.entityCount, node.degree),
    hue: hueOfName(node.id),
  }));
  const links = edges.map(({ id, source, target, title, many }) => {
    const label = many ? `${title} *` : title;
    return { id, source, target, label, labelWidth: labelWidth(label) };
  });
  const { layout, failed } = useLayout({
    boxes: boxes.map(({ id, width, height }) => ({ id, width, height })),
    links: links.map(({ id, source, target, labelWidth }) => ({ id, source, target, labelWidth })),
    direction: 'right',
  });
  if (failed) return <StateMessage title={messages.layoutFailed}>{messages.useList}</StateMessage>;
  return (
    <GraphCanvas
      label={messages.canvas}
      boxes={boxes}
      links={links}
      layout={layout}
      selected={selected}
      centre={selected}
      onSelect={onSelect}
      miniMap
      drawBox={(id) => {
        const node = byId.get(id);
        return node && <BlueprintNode node={node} selected={id === selected} edited={edited.has(id)} />;
      }}
    />
  );
}

function BlueprintNode({ node, selected, edited }: { node: ModelNode; selected: boolean; edited: boolean }) {
  return (
    <div className={styles.node} data-selected={selected || undefined} data-system={node.system || undefined}>
      <BlueprintIcon identifier={node.id} icon={node.icon} />
      <span className={styles.nodeTitle}>{node.title}</span>
      {edited && <span className={styles.editedDot} title={messages.unsaved} />}
      {node.staleCount > 0 && <span className={styles.staleDot} title={messages.stale(node.staleCount)} />}
      <span className={styles.count}>{node.entityCount}</span>
    </div>
  );
}
