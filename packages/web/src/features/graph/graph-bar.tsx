import { Button } from '../../ui/button.tsx';
import type { Layout } from '../../ui/graph/layout.ts';
import { IconDownload, IconList, IconTopologyStar3 } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Segmented } from '../../ui/toggles.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { useBlueprintLooks } from '../blueprints/use-blueprint-looks.ts';
import type { EntityGraph } from './entity-graph.ts';
import styles from './graph.module.css';
import { graphSvg, svgToPng } from './graph-drawing.ts';
import { directions, type EntityKey, type GraphState, MAX_DEPTH } from './graph-state.ts';
import { mermaidText } from './mermaid-text.ts';
import { messages } from './messages.ts';
import { saveFile } from './save-file.ts';

interface GraphBarProps {
  state: GraphState & { root: EntityKey };
  title: string;
  graph: EntityGraph;
  layout: Layout | undefined;
  onChange: (next: Partial<GraphState>) => void;
}

const depths = Array.from({ length: MAX_DEPTH }, (_, index) => String(index + 1));

export function GraphBar({ state, title, graph, layout, onChange }: GraphBarProps) {
  const { root, depth, direction, view } = state;
  return (
    <header className={styles.bar}>
      <div className={styles.heading}>
        <EntityIcon blueprint={root.blueprint} />
        <h1 className={styles.title}>
          {messages.title}:{' '}
          <EntityLink blueprint={root.blueprint} entity={root.identifier} className={styles.rootLink}>
            {title}
          </EntityLink>
        </h1>
      </div>
      <div className={styles.controls}>
        <Segmented
          label={messages.depth}
          options={depths.map((value) => ({ value, label: value }))}
          value={String(depth)}
          onChange={(value) => onChange({ depth: Number(value) })}
        />
        <Segmented
          label={messages.direction}
          options={directions.map((value) => ({ value, label: messages.directions[value] }))}
          value={direction}
          onChange={(value) => onChange({ direction: value })}
        />
        <Segmented
          label={messages.view}
          options={[
            { value: 'canvas', label: messages.views.canvas, icon: <IconTopologyStar3 size={14} /> },
            { value: 'list', label: messages.views.list, icon: <IconList size={14} /> },
          ]}
          value={view}
          onChange={(value) => onChange({ view: value })}
        />
        <ExportMenu name={root.identifier} graph={graph} layout={layout} />
      </div>
    </header>
  );
}

function ExportMenu({ name, graph, layout }: { name: string; graph: EntityGraph; layout: Layout | undefined }) {
  const lookOf = useBlueprintLooks();
  const file = (extension: string) => `${name.replaceAll(/[^\p{L}\d._-]+/gu, '-')}.${extension}`;
  const picture = () => (layout ? graphSvg(graph, layout, (blueprint) => lookOf(blueprint).title) : '');
  const savePng = async () => {
    try {
      saveFile(file('png'), await svgToPng(picture()));
    } catch (error) {
      showToast({ message: error instanceof Error ? error.message : String(error), tone: 'danger' });
    }
  };
  const copyMermaid = () =>
    navigator.clipboard.writeText(mermaidText(graph)).then(
      () => showToast({ message: messages.copied }),
      () => showToast({ message: messages.copyFailed, tone: 'danger' }),
    );
  return (
    <Menu align="end" trigger={<Button icon={<IconDownload size={16} />}>{messages.export}</Button>}>
      {layout && (
        <>
          <MenuItem onSelect={() => saveFile(file('svg'), new Blob([picture()], { type: 'image/svg+xml' }))}>
            {messages.exports.svg}
          </MenuItem>
          <MenuItem onSelect={() => void savePng()}>{messages.exports.png}</MenuItem>
        </>
      )}
      <MenuItem onSelect={() => saveFile(file('mmd'), new Blob([mermaidText(graph)], { type: 'text/plain' }))}>
        {messages.exports.mermaid}
      </MenuItem>
      <MenuItem onSelect={() => void copyMermaid()}>{messages.exports.copyMermaid}</MenuItem>
    </Menu>
  );
}
