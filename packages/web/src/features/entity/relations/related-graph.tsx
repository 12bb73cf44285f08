import { useNavigate } from '@tanstack/react-router';
import type { Entity, RelatedGroup } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { entityPlace } from '../../blueprints/places.ts';
import type { EntityGraph } from '../../graph/entity-graph.ts';
import { EntityGraphCanvas } from '../../graph/entity-graph-canvas.tsx';
import styles from '../entity.module.css';

interface RelatedGraphProps {
  entity: Entity;
  blueprint: ModelBlueprint;
  group: RelatedGroup;
}

const ROOT = 'root';

/** The same group as a star around the entity. */
function star({ entity, group }: RelatedGraphProps): EntityGraph {
  const { identifier, title, icon = null, blueprint } = entity;
  const ends = (id: string) =>
    group.direction === 'out' ? { source: ROOT, target: id } : { source: id, target: ROOT };
  const around = group.entities.map((related) => ({
    ...related,
    id: JSON.stringify([related.blueprint, related.identifier]),
    depth: 1,
  }));
  return {
    nodes: [{ id: ROOT, blueprint, identifier, title, icon, depth: 0, dangling: false }, ...around],
    edges: around.map(({ id }) => ({ ...ends(id), relation: group.relation, title: group.title })),
    truncated: group.count > group.entities.length,
  };
}

export default function RelatedGraph(props: RelatedGraphProps) {
  const navigate = useNavigate();
  return (
    <div className={styles.relatedGraph}>
      <EntityGraphCanvas
        graph={star(props)}
        onSelect={(node) => {
          if (!node || node.depth === 0 || node.dangling) return;
          void navigate(entityPlace(node.blueprint, node.identifier));
        }}
      />
    </div>
  );
}
