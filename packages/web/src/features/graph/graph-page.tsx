import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { graphQuery } from '../../data/entities.ts';
import { Failure } from '../../shell/failures.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import type { Layout } from '../../ui/graph/layout.ts';
import { IconInfoCircle } from '../../ui/icons.ts';
import { Notice, Skeleton, StateMessage } from '../../ui/states.tsx';
import { cycleMembers, type EntityGraph, nodeTypes, withoutTypes } from './entity-graph.ts';
import styles from './graph.module.css';
import { GraphBar } from './graph-bar.tsx';
import { GraphList } from './graph-list.tsx';
import { GraphStart } from './graph-start.tsx';
import { type EntityKey, formatGraphSearch, type GraphState, parseGraphSearch } from './graph-state.ts';
import { GraphTypes } from './graph-types.tsx';
import { messages } from './messages.ts';
import type { ChangeGraph } from './node-actions.ts';
import { NodePanel } from './node-panel.tsx';

const Canvas = lazy(async () => ({ default: (await import('./entity-graph-canvas.tsx')).EntityGraphCanvas }));

/** So many nodes stay readable and quick; the server keeps the nearest. */
const LIMIT = 300;

/** The dependency explorer: what hangs together with one entity, near to far. The URL holds all of its state. */
export function GraphPage() {
  const state = parseGraphSearch(useSearch({ from: '/signed-in/graph' }));
  const navigate = useNavigate({ from: '/graph' });
  const change = (next: Partial<GraphState>, replace = true) =>
    void navigate({ search: formatGraphSearch({ ...state, ...next }), replace });
  if (!state.root) return <GraphStart onChoose={(root) => change({ root }, false)} />;
  return <Explorer state={{ ...state, root: state.root }} onChange={change} />;
}

interface ExplorerProps {
  state: GraphState & { root: EntityKey };
  onChange: ChangeGraph;
}

function Explorer({ state, onChange }: ExplorerProps) {
  const { root, depth, direction, hide } = state;
  const question = {
    blueprint: root.blueprint,
    entity: root.identifier,
    depth: String(depth),
    direction,
    limit: String(LIMIT),
  };
  const { data, error, refetch } = useQuery(graphQuery(question));
  const [layout, setLayout] = useState<Layout>();
  const [markCycles, setMarkCycles] = useState(false);
  const hidden = hide.join();
  const shown = useMemo(() => data && withoutTypes(data, hidden === '' ? [] : hidden.split(',')), [data, hidden]);
  const cycles = useMemo(() => (shown ? cycleMembers(shown) : new Set<string>()), [shown]);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data || !shown) return <Skeleton lines={8} />;
  const start = data.nodes.find((node) => node.depth === 0);
  const focus = state.focus;
  const focused =
    focus && shown.nodes.find((node) => node.blueprint === focus.blueprint && node.identifier === focus.identifier);
  return (
    <div className={styles.page}>
      <PageTitle parts={[start?.title ?? root.identifier, messages.title]} />
      <GraphBar
        state={state}
        title={start?.title ?? root.identifier}
        graph={shown}
        layout={layout}
        onChange={onChange}
      />
      <div className={styles.body}>
        <GraphTypes
          types={nodeTypes(data.nodes, hide)}
          onHide={(hidden) => onChange({ hide: hidden })}
          summary={messages.counted(shown.nodes.length, shown.edges.length)}
          cycles={cycles.size}
          markCycles={markCycles}
          onMarkCycles={setMarkCycles}
          allLines={state.lines}
          onAllLines={(lines) => onChange({ lines })}
        />
        <div className={styles.stage}>
          {data.truncated && (
            <div className={styles.notice}>
              <Notice tone="info" icon={<IconInfoCircle size={16} />}>
                {messages.truncated(LIMIT)}
              </Notice>
            </div>
          )}
          <Stage
            graph={shown}
            view={state.view}
            hide={hide}
            selected={focused?.id}
            marked={markCycles ? cycles : undefined}
            allLines={state.lines}
            onChange={onChange}
            onLayout={setLayout}
          />
        </div>
      </div>
      {focused && <NodePanel node={focused} graph={shown} hide={hide} onChange={onChange} />}
    </div>
  );
}

interface StageProps {
  graph: EntityGraph;
  view: GraphState['view'];
  hide: readonly string[];
  selected: string | undefined;
  marked: ReadonlySet<string> | undefined;
  allLines: boolean;
  onChange: ChangeGraph;
  onLayout: (layout: Layout) => void;
}

function Stage({ graph, view, hide, selected, marked, allLines, onChange, onLayout }: StageProps) {
  if (view === 'list') return <GraphList graph={graph} hide={hide} onChange={onChange} />;
  if (graph.nodes.length < 2) return <StateMessage title={messages.onlyRoot} />;
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Canvas
        graph={graph}
        miniMap
        selected={selected}
        onSelect={(node) => onChange({ focus: node && { blueprint: node.blueprint, identifier: node.identifier } })}
        onLayout={onLayout}
        allLines={allLines}
        {...(marked ? { marked } : {})}
      />
    </Suspense>
  );
}
