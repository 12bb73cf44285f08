import { connections, type EntityGraph } from './entity-graph.ts';

/** Text inside quotes of a Mermaid label: quotes and line ends as entities, so that nothing ends the label early. */
function label(text: string): string {
  return text
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('`', '#96;');
}

/** The graph as a Mermaid flowchart, ready to paste into a Markdown page. */
export function mermaidText(graph: EntityGraph): string {
  const names = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const nodes = graph.nodes.map(({ id, title, dangling }) => {
    const [open, close] = dangling ? ['(["', '"])'] : ['["', '"]'];
    return `  ${names.get(id)}${open}${label(title)}${close}`;
  });
  const lines = connections(graph.edges).flatMap(({ source, target, relations }) => {
    const [from, to] = [names.get(source), names.get(target)];
    return from && to ? [`  ${from} -->|"${label(relations.join(', '))}"| ${to}`] : [];
  });
  return `${['flowchart LR', ...nodes, ...lines].join('\n')}\n`;
}
