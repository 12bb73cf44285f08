import { memo } from 'react';
import type { CanvasBox, CanvasLink } from './canvas-types.ts';
import styles from './graph-canvas.module.css';
import type { Layout, Point } from './layout.ts';
import { curvePath, midpoint, routePath } from './route-path.ts';

interface GraphLinesProps {
  boxes: readonly CanvasBox[];
  links: readonly CanvasLink[];
  asides: readonly CanvasLink[];
  layout: Layout;
  selected: string | undefined;
}

/** All lines of a layout as one drawing. Lines at the selected box stand out; labels have a halo of the background. */
export const GraphLines = memo(function GraphLines({ boxes, links, asides, layout, selected }: GraphLinesProps) {
  const isNear = ({ source, target }: CanvasLink) => selected === source || selected === target;
  const ordered = [...links].sort((a, b) => Number(isNear(a)) - Number(isNear(b)));
  const placed = new Map(
    boxes.map(({ id, width, height }) => [id, { x: 0, y: 0, ...layout.boxes.get(id), width, height }]),
  );
  return (
    <svg className={styles.lines} width={1} height={1} aria-hidden="true">
      <defs>
        <Arrow id="graph-arrow" />
        <Arrow id="graph-arrow-near" near />
      </defs>
      {asides.filter(isNear).map((link) => {
        const [from, to] = [placed.get(link.source), placed.get(link.target)];
        return from && to && <path key={link.id} className={styles.aside} d={curvePath(from, to)} markerEnd={NEAR} />;
      })}
      {ordered.map((link) => {
        const route = layout.routes.get(link.id);
        if (!route) return null;
        const place = labelPlace(link, route, layout.labels.get(link.id));
        return <Line key={link.id} link={link} path={routePath(route)} place={place} near={isNear(link)} />;
      })}
    </svg>
  );
});

interface LinePlace extends Point {
  anchor?: 'start' | 'end';
}

/** Clear of the arrow head and of the line itself, in pixels. */
const BESIDE = { x: 12, y: -8 } as const;

function labelPlace({ labelAt }: CanvasLink, route: readonly Point[], reserved: Point | undefined): LinePlace {
  const [first, last] = [route[0], route.at(-1)];
  if (labelAt === 'target' && last) return { x: last.x - BESIDE.x, y: last.y + BESIDE.y, anchor: 'end' };
  if (labelAt === 'source' && first) return { x: first.x + BESIDE.x, y: first.y + BESIDE.y, anchor: 'start' };
  return reserved ?? midpoint(route);
}

const NEAR = 'url(#graph-arrow-near)';

function Line({ link, path, place, near }: { link: CanvasLink; path: string; place: LinePlace; near: boolean }) {
  return (
    <g className={styles.line} data-near={near || undefined} data-weak={link.weak || undefined}>
      <path d={path} markerEnd={near ? NEAR : 'url(#graph-arrow)'} />
      {link.label && (
        <text x={place.x} y={place.y} dy="0.35em" textAnchor={place.anchor ?? 'middle'}>
          {link.label}
        </text>
      )}
    </g>
  );
}

function Arrow({ id, near }: { id: string; near?: boolean }) {
  return (
    <marker id={id} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={8} markerHeight={8} orient="auto">
      <path d="M 0 0.5 L 7 4 L 0 7.5 z" className={near ? styles.arrowNear : styles.arrow} />
    </marker>
  );
}
