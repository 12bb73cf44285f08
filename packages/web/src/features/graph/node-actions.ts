import type { GraphNode } from './entity-graph.ts';
import type { EntityKey, GraphState } from './graph-state.ts';

/** Changes the URL; `replace` false leaves a step to come back to. */
export type ChangeGraph = (next: Partial<GraphState>, replace?: boolean) => void;

const keyOf = ({ blueprint, identifier }: GraphNode): EntityKey => ({ blueprint, identifier });

/** What canvas and list both offer for a node, besides opening its page. */
export function nodeActions(node: GraphNode, hide: readonly string[], onChange: ChangeGraph) {
  return {
    show: () => onChange({ focus: keyOf(node) }),
    makeRoot: () => onChange({ root: keyOf(node), focus: undefined }, false),
    hideType: () => onChange({ hide: [...hide, node.blueprint], focus: undefined }),
  };
}
