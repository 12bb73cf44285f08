import { ContextPanel } from '../../shell/context-panel.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { StatusChip } from '../../ui/chip.tsx';
import { IconEyeOff, IconFocusCentered, IconPlugConnectedX } from '../../ui/icons.ts';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { useBlueprintLooks } from '../blueprints/use-blueprint-looks.ts';
import type { EntityGraph, GraphEdge, GraphNode } from './entity-graph.ts';
import styles from './graph.module.css';
import { messages } from './messages.ts';
import { type ChangeGraph, nodeActions } from './node-actions.ts';

interface NodePanelProps {
  node: GraphNode;
  graph: EntityGraph;
  hide: readonly string[];
  onChange: ChangeGraph;
}

/** The selected node: what it is, what can be done with it, and its relations within the graph. */
export function NodePanel({ node, graph, hide, onChange }: NodePanelProps) {
  const lookOf = useBlueprintLooks();
  const { makeRoot, hideType } = nodeActions(node, hide, onChange);
  return (
    <ContextPanel title={node.title} onClose={() => onChange({ focus: undefined })}>
      <div className={styles.panel}>
        <div className={styles.panelHead}>
          <EntityIcon blueprint={node.blueprint} icon={node.icon} />
          <span>{lookOf(node.blueprint).title}</span>
          <span className={styles.quiet}>{messages.steps(node.depth)}</span>
        </div>
        {node.dangling && (
          <StatusChip tone="warning" icon={<IconPlugConnectedX size={14} />}>
            {messages.dangling}
          </StatusChip>
        )}
        <div className={styles.panelActions}>
          {!node.dangling && (
            <EntityLink
              blueprint={node.blueprint}
              entity={node.identifier}
              className={buttonClass({ variant: 'primary' })}
            >
              {messages.open}
            </EntityLink>
          )}
          {node.depth > 0 && !node.dangling && (
            <Button icon={<IconFocusCentered size={16} />} onClick={makeRoot}>
              {messages.makeRoot}
            </Button>
          )}
          {node.depth > 0 && (
            <Button icon={<IconEyeOff size={16} />} onClick={hideType}>
              {messages.hideType(lookOf(node.blueprint).title)}
            </Button>
          )}
        </div>
        <Relations node={node} graph={graph} hide={hide} onChange={onChange} />
      </div>
    </ContextPanel>
  );
}

function Relations({ node, graph, hide, onChange }: NodePanelProps) {
  const outgoing = graph.edges.filter(({ source }) => source === node.id);
  const incoming = graph.edges.filter(({ target }) => target === node.id);
  if (outgoing.length + incoming.length === 0) return <p className={styles.quiet}>{messages.noRelations}</p>;
  return (
    <>
      <Steps title={messages.outgoing} edges={outgoing} end="target" {...{ graph, hide, onChange }} />
      <Steps title={messages.incoming} edges={incoming} end="source" {...{ graph, hide, onChange }} />
    </>
  );
}

interface StepsProps extends Omit<NodePanelProps, 'node'> {
  title: string;
  edges: readonly GraphEdge[];
  end: 'source' | 'target';
}

function Steps({ title, edges, end, graph, hide, onChange }: StepsProps) {
  if (edges.length === 0) return null;
  return (
    <section>
      <h3 className={styles.sectionTitle}>{title}</h3>
      <ul className={styles.steps}>
        {edges.map((edge) => {
          const other = graph.nodes.find(({ id }) => id === edge[end]);
          if (!other) return null;
          return (
            <li key={`${edge.relation} ${other.id}`}>
              <span className={styles.quiet}>{edge.title || edge.relation}</span>
              <button type="button" className={styles.linkButton} onClick={nodeActions(other, hide, onChange).show}>
                {other.title}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
