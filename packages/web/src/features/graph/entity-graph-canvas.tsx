import { useEffect, useMemo } from 'react';
import type { CanvasLink } from '../../ui/graph/canvas-types.ts';
import { GraphCanvas } from '../../ui/graph/graph-canvas.tsx';
import { type BoxSize, type Layout, labelWidth } from '../../ui/graph/layout.ts';
import { layOutTree } from '../../ui/graph/tree-layout.ts';
import { type LayoutState, useLayout } from '../../ui/graph/use-layout.ts';
import { hueOfName } from '../../ui/hue.ts';
import { StateMessage } from '../../ui/states.tsx';
import { useBlueprintLooks } from '../blueprints/use-blueprint-looks.ts';
import {
  type Connection,
  connections,
  type EntityGraph,
  type GraphNode,
  outerEnd,
  partConnections,
} from './entity-graph.ts';
import { EntityNode } from './entity-node.tsx';
import { NODE } from './graph-drawing.ts';
import { messages } from './messages.ts';

export interface EntityGraphCanvasProps {
  graph: EntityGraph;
  selected?: string | undefined;
  onSelect: (node: GraphNode | undefined) => void;
  still?: boolean;
  miniMap?: boolean;
  /** Ids of nodes to mark, for instance those on a cycle. */
  marked?: ReadonlySet<string>;
  /** Lay out every relation instead of one way to each node; the others then show with the node they touch. */
  allLines?: boolean;
  onLayout?: (layout: Layout) => void;
}

/** Entities and their relations on a canvas, the root marked, several relations of one direction on one line. */
export function EntityGraphCanvas(props: EntityGraphCanvasProps) {
  const { graph, selected, onSelect, still, miniMap, marked, allLines = false, onLayout } = props;
  const lookOf = useBlueprintLooks();
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const boxes = useMemo(
    () =>
      graph.nodes.map((node) => ({
        ...NODE,
        id: node.id,
        name: messages.nodeName(node.title, lookOf(node.blueprint).title, node.dangling),
        hue: hueOfName(node.blueprint),
      })),
    [graph, lookOf],
  );
  const { tree, asides } = useMemo(() => canvasLinks(graph, allLines), [graph, allLines]);
  const root = graph.nodes.find(({ depth }) => depth === 0)?.id;
  const { layout, failed } = useGraphLayout(root, tree, allLines, boxes);
  useEffect(() => {
    if (layout) onLayout?.(layout);
  }, [layout, onLayout]);
  if (failed) return <StateMessage title={messages.layoutFailed}>{messages.useList}</StateMessage>;
  return (
    <GraphCanvas
      label={messages.canvas}
      boxes={boxes}
      links={tree}
      asides={asides}
      layout={layout}
      centre={root}
      selected={selected}
      onSelect={(id) => onSelect(id === undefined ? undefined : nodes.get(id))}
      drawBox={(id) => {
        const node = nodes.get(id);
        return node ? (
          <EntityNode
            node={node}
            look={lookOf(node.blueprint)}
            selected={id === selected}
            marked={marked?.has(id) ?? false}
          />
        ) : null;
      }}
      {...(still ? { still } : {})}
      {...(miniMap ? { miniMap } : {})}
    />
  );
}

/** With more lines than this, room for every label would tear the drawing apart. */
const LABELLED = 60;

/** A tree around the root at once, or every relation in layers from the worker. */
function useGraphLayout(
  root: string | undefined,
  links: readonly CanvasLink[],
  allLines: boolean,
  boxes: readonly BoxSize[],
): LayoutState {
  const sizes = boxes.map(({ id, width, height }) => ({ id, width, height }));
  const ends = links.map(({ id, source, target, label = '' }) => ({
    id,
    source,
    target,
    ...(links.length <= LABELLED ? { labelWidth: labelWidth(label) } : {}),
  }));
  const layered = useLayout(allLines ? { boxes: sizes, links: ends, direction: 'right' } : undefined);
  const tree = useMemo(() => layOutTree(root ?? '', boxes, links), [root, boxes, links]);
  return allLines ? layered : { layout: tree, failed: false };
}

function canvasLinks(graph: EntityGraph, allLines: boolean): { tree: CanvasLink[]; asides: CanvasLink[] } {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const depths = new Map(graph.nodes.map(({ id, depth }) => [id, depth]));
  const asLink = (connection: Connection): CanvasLink => {
    const { id, source, target, relations } = connection;
    const outer = allLines ? undefined : outerEnd(connection, depths);
    return {
      id,
      source,
      target,
      label: relations.length > 2 ? messages.relationCount(relations.length) : relations.join(', '),
      weak: nodes.get(target)?.dangling ?? false,
      ...(outer === undefined ? {} : { labelAt: outer === target ? 'target' : 'source' }),
    };
  };
  const parts = allLines ? { tree: connections(graph.edges), asides: [] } : partConnections(graph);
  return { tree: parts.tree.map(asLink), asides: parts.asides.map(asLink) };
}
