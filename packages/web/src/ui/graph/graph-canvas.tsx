import '@xyflow/react/dist/base.css';
import {
  getViewportForBounds,
  MiniMap,
  type MiniMapNodeProps,
  type Node,
  type NodeChange,
  type NodeProps,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  ViewportPortal,
} from '@xyflow/react';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { Hue } from '../hue.ts';
import { useDelayed } from '../states.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import type { CanvasBox, CanvasLink } from './canvas-types.ts';
import styles from './graph-canvas.module.css';
import { GraphLines } from './graph-lines.tsx';
import type { Layout } from './layout.ts';

export interface GraphCanvasProps {
  /** Accessible name of the whole canvas. */
  label: string;
  boxes: readonly CanvasBox[];
  links: readonly CanvasLink[];
  /** Where everything goes; while it is computed the canvas is empty. */
  layout: Layout | undefined;
  drawBox: (id: string) => ReactNode;
  selected?: string | undefined;
  onSelect?: (id: string | undefined) => void;
  /** Where the eye starts when not everything fits in a readable size. */
  centre?: string | undefined;
  miniMap?: boolean;
  /** For small canvases inside a page: the wheel scrolls the page, nothing but the boxes reacts. */
  still?: boolean;
  /** Lines the layout does not know, because they would only entangle it; drawn with the selected box. */
  asides?: readonly CanvasLink[];
}

type BoxNode = Node<{ hue: Hue }, 'box'>;

/** What the boxes draw; kept out of their data so that a redraw does not make new boxes. */
const DrawBox = createContext<(id: string) => ReactNode>(() => null);

function Box({ id }: NodeProps<BoxNode>) {
  return useContext(DrawBox)(id);
}

const nodeTypes = { box: Box };
const hidden = { hideAttribution: true };

function MiniBox({ x, y, width, height, className }: MiniMapNodeProps) {
  return <rect {...{ x, y, width, height }} rx={8} data-hue={className} className={styles.miniBox} />;
}

/**
 * Boxes and lines, to pan, zoom and walk with the keyboard: Tab goes from box to box, Enter selects.
 * Whoever shows one also offers the same as a list.
 */
export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <DrawBox value={props.drawBox}>
        <Canvas {...props} />
      </DrawBox>
    </ReactFlowProvider>
  );
}

function Canvas(props: GraphCanvasProps) {
  const { label, boxes, links, asides, layout, selected, onSelect, centre, miniMap, still } = props;
  const nodes = useMemo(() => (layout ? boxNodes(boxes, layout, selected) : []), [boxes, layout, selected]);

  const select = (changes: NodeChange<BoxNode>[]) => {
    const chosen = changes.find((change) => change.type === 'select' && change.selected);
    if (chosen?.type === 'select') onSelect?.(chosen.id);
  };
  return (
    <section className={styles.canvas} aria-label={label} data-still={still || undefined}>
      {!layout && <Waiting />}
      <ReactFlow<BoxNode>
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        onNodesChange={select}
        onPaneClick={() => onSelect?.(undefined)}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={onSelect !== undefined}
        nodesFocusable={onSelect !== undefined}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        minZoom={0.05}
        maxZoom={1.5}
        panOnDrag={!still}
        zoomOnScroll={!still}
        zoomOnDoubleClick={!still}
        zoomOnPinch={!still}
        preventScrolling={!still}
        proOptions={hidden}
      >
        {layout && (
          <ViewportPortal>
            <GraphLines boxes={boxes} links={links} asides={asides ?? []} layout={layout} selected={selected} />
          </ViewportPortal>
        )}
        <Framing layout={layout} centre={centre} still={still ?? false} />
        <Following layout={layout} selected={selected} />
        {!still && <CanvasControls />}
        {miniMap && (
          <MiniMap<BoxNode>
            pannable
            zoomable
            ariaLabel="Overview"
            className={styles.miniMap ?? ''}
            nodeComponent={MiniBox}
            nodeClassName={({ data }) => data.hue}
          />
        )}
      </ReactFlow>
    </section>
  );
}

function Waiting() {
  return (
    <p className={styles.waiting} role="status">
      {useDelayed(300) && 'Laying out…'}
    </p>
  );
}

function boxNodes(boxes: readonly CanvasBox[], layout: Layout, selected: string | undefined): BoxNode[] {
  return boxes.flatMap(({ id, name, width, height, hue = 'gray' }): BoxNode[] => {
    const position = layout.boxes.get(id);
    if (!position) return [];
    const size = { width, height, measured: { width, height } };
    return [{ id, type: 'box', position, ...size, data: { hue }, selected: id === selected, ariaLabel: name }];
  });
}

/** Boxes stay readable: below this zoom the view starts at `centre` instead of showing everything. */
const READABLE = 0.6;
const MARGIN = 0.06;

interface FramingProps {
  layout: Layout | undefined;
  centre: string | undefined;
  still: boolean;
}

/** Brings each new layout into view once; where the person moves it afterwards is theirs. */
function Framing({ layout, centre, still }: FramingProps) {
  const { setViewport, setCenter } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const framed = useRef<Layout>(undefined);
  useEffect(() => {
    if (!layout || width === 0 || height === 0 || framed.current === layout) return;
    framed.current = layout;
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    const viewport = getViewportForBounds(whole, width, height, 0.05, 1, MARGIN);
    const start = centre === undefined ? undefined : layout.boxes.get(centre);
    if (still || viewport.zoom >= READABLE || !start) void setViewport(viewport);
    else void setCenter(start.x, start.y, { zoom: 0.75 });
  }, [layout, width, height, centre, still, setViewport, setCenter]);
  return null;
}

/** Keeps the selected box in sight when it is chosen from elsewhere or when the canvas gets narrower. */
function Following({ layout, selected }: { layout: Layout | undefined; selected: string | undefined }) {
  const { getViewport, getNode, setCenter } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    const place = selected === undefined ? undefined : layout?.boxes.get(selected);
    if (!place || width === 0) return;
    const { width: boxWidth = 0, height: boxHeight = 0 } = getNode(selected ?? '') ?? {};
    const { x, y, zoom } = getViewport();
    const [left, top] = [place.x * zoom + x, place.y * zoom + y];
    const isSeen = left >= 0 && top >= 0 && left + boxWidth * zoom <= width && top + boxHeight * zoom <= height;
    if (!isSeen) void setCenter(place.x + boxWidth / 2, place.y + boxHeight / 2, { zoom, duration: 180 });
  }, [layout, selected, width, height, getViewport, getNode, setCenter]);
  return null;
}
