import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import type { BlueprintLook } from '../blueprints/use-blueprint-looks.ts';
import type { GraphNode } from './entity-graph.ts';
import styles from './graph.module.css';

interface EntityNodeProps {
  node: GraphNode;
  look: BlueprintLook;
  selected: boolean;
  marked: boolean;
}

export function EntityNode({ node, look, selected, marked }: EntityNodeProps) {
  const flags = {
    'data-root': node.depth === 0 || undefined,
    'data-dangling': node.dangling || undefined,
    'data-selected': selected || undefined,
    'data-marked': marked || undefined,
  };
  return (
    <div className={styles.node} {...flags} title={node.title}>
      <BlueprintIcon identifier={node.blueprint} icon={node.icon ?? look.icon} />
      <span className={styles.nodeText}>
        <span className={styles.nodeTitle}>{node.title}</span>
        <span className={styles.nodeKind}>{look.title}</span>
      </span>
    </div>
  );
}
