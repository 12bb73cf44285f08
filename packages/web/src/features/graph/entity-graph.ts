import type { Answer, getGraph } from '@gantry/contract';

export type EntityGraph = Pick<Answer<typeof getGraph>, 'nodes' | 'edges' | 'truncated'>;
export type GraphNode = EntityGraph['nodes'][number];
export type GraphEdge = EntityGraph['edges'][number];

/** One kind of node in the graph, for the list at its side. */
export interface NodeType {
  blueprint: string;
  count: number;
  hidden: boolean;
}

/** Counts by blueprint, most frequent first; hidden ones stay listed so that they can be shown again. */
export function nodeTypes(nodes: readonly GraphNode[], hidden: readonly string[]): NodeType[] {
  const counts = new Map<string, number>(hidden.map((blueprint) => [blueprint, 0]));
  for (const { blueprint } of nodes) counts.set(blueprint, (counts.get(blueprint) ?? 0) + 1);
  return [...counts]
    .map(([blueprint, count]) => ({ blueprint, count, hidden: hidden.includes(blueprint) }))
    .sort((a, b) => b.count - a.count || a.blueprint.localeCompare(b.blueprint));
}

/**
 * The graph without the hidden types. What was only reachable through them goes as well, so that no island floats
 * without a visible reason; the root always stays.
 */
export function withoutTypes(graph: EntityGraph, hidden: readonly string[]): EntityGraph {
  const root = graph.nodes.find((node) => node.depth === 0);
  if (hidden.length === 0 || !root) return graph;
  const shown = new Set(
    graph.nodes.filter((node) => node === root || !hidden.includes(node.blueprint)).map(({ id }) => id),
  );
  const reached = reachable(root.id, graph.edges, shown);
  return {
    nodes: graph.nodes.filter(({ id }) => reached.has(id)),
    edges: graph.edges.filter(({ source, target }) => reached.has(source) && reached.has(target)),
    truncated: graph.truncated,
  };
}

function reachable(root: string, edges: readonly GraphEdge[], allowed: ReadonlySet<string>): Set<string> {
  const neighbours = Map.groupBy(
    edges.flatMap(({ source, target }) => [
      { from: source, to: target },
      { from: target, to: source },
    ]),
    ({ from }) => from,
  );
  const reached = new Set([root]);
  for (const id of reached) {
    for (const { to } of neighbours.get(id) ?? []) if (allowed.has(to)) reached.add(to);
  }
  return reached;
}

/** One line between two nodes, however many relations run between them; keeps a dense graph readable. */
export interface Connection {
  id: string;
  source: string;
  target: string;
  relations: readonly string[];
}

export function connections(edges: readonly GraphEdge[]): Connection[] {
  const byEnds = Map.groupBy(edges, ({ source, target }) => JSON.stringify([source, target]));
  return [...byEnds].map(([id, group]) => ({
    id,
    source: group[0]?.source ?? '',
    target: group[0]?.target ?? '',
    relations: [...new Set(group.map(({ title, relation }) => title || relation))],
  }));
}

/**
 * Parts the connections of a graph around a root: the `tree` hangs each node on one that is a step nearer, `asides`
 * are all others. Drawing the tree alone keeps hundreds of nodes readable; asides appear with the node they touch.
 */
export function partConnections(graph: EntityGraph): { tree: Connection[]; asides: Connection[] } {
  const depths = new Map(graph.nodes.map(({ id, depth }) => [id, depth]));
  const hung = new Set<string>();
  const tree: Connection[] = [];
  const asides: Connection[] = [];
  for (const connection of connections(graph.edges)) {
    const outer = outerEnd(connection, depths);
    if (outer === undefined || hung.has(outer)) asides.push(connection);
    else {
      hung.add(outer);
      tree.push(connection);
    }
  }
  return { tree, asides };
}

/** The end of a connection that is one step farther from the root; none when it does not lead away from it. */
export function outerEnd({ source, target }: Connection, depths: ReadonlyMap<string, number>): string | undefined {
  const lead = (depths.get(target) ?? 0) - (depths.get(source) ?? 0);
  if (lead === 1) return target;
  return lead === -1 ? source : undefined;
}

/** A step of a walk in words a list can show. */
export interface ListedNode {
  node: GraphNode;
  /** How it is connected to nodes one step nearer to the root. */
  via: readonly { relation: string; direction: 'out' | 'in'; from: GraphNode }[];
}

/** The graph as a list, nearest first: the equivalent of the canvas for people who do not see it. */
export function listNodes(graph: EntityGraph): ListedNode[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const via = new Map<string, ListedNode['via'][number][]>();
  const add = (id: string, step: ListedNode['via'][number]) => via.set(id, [...(via.get(id) ?? []), step]);
  for (const { source, target, relation, title } of graph.edges) {
    const [from, to] = [nodes.get(source), nodes.get(target)];
    if (!from || !to) continue;
    if (from.depth < to.depth) add(to.id, { relation: title || relation, direction: 'out', from });
    if (to.depth < from.depth) add(from.id, { relation: title || relation, direction: 'in', from: to });
  }
  return [...graph.nodes]
    .sort((a, b) => a.depth - b.depth || a.blueprint.localeCompare(b.blueprint) || a.title.localeCompare(b.title))
    .map((node) => ({ node, via: via.get(node.id) ?? [] }));
}

/** Ids of the nodes that lie on a cycle of relations (Tarjan's strongly connected components, without recursion). */
export function cycleMembers({ nodes, edges }: EntityGraph): Set<string> {
  const next = Map.groupBy(edges, ({ source }) => source);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const members = new Set<string>();
  const lowOf = (id: string) => low.get(id) ?? 0;

  const enter = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    stack.push(id);
    open.add(id);
    return { id, targets: (next.get(id) ?? []).map(({ target }) => target), at: 0 };
  };
  const close = (id: string) => {
    const component = stack.splice(stack.lastIndexOf(id));
    for (const member of component) open.delete(member);
    const selfLoop = next.get(id)?.some(({ target }) => target === id);
    if (component.length > 1 || selfLoop) for (const member of component) members.add(member);
  };

  for (const { id: start } of nodes) {
    if (index.has(start)) continue;
    const walk = [enter(start)];
    for (let here = walk.at(-1); here; here = walk.at(-1)) {
      const target = here.targets[here.at++];
      if (target === undefined) {
        walk.pop();
        const parent = walk.at(-1);
        if (parent) low.set(parent.id, Math.min(lowOf(parent.id), lowOf(here.id)));
        if (lowOf(here.id) === index.get(here.id)) close(here.id);
      } else if (!index.has(target)) walk.push(enter(target));
      else if (open.has(target)) low.set(here.id, Math.min(lowOf(here.id), index.get(target) ?? 0));
    }
  }
  return members;
}
