import type { Point } from './layout.ts';

const CORNER = 6;

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const at = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** SVG path data through the points, with rounded corners. */
export function routePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M ${at(first)}`;
  let previous = first;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next) path += ` L ${at(towards(point, previous, CORNER))} Q ${at(point)} ${at(towards(point, next, CORNER))}`;
    else path += ` L ${at(point)}`;
    previous = point;
  }
  return path;
}

/** The point half way along the polyline: where a label without reserved room goes. */
export function midpoint(points: readonly Point[]): Point {
  const legs = points.slice(1).map((point, index) => {
    const from = points[index] ?? point;
    return { from, to: point, length: Math.hypot(point.x - from.x, point.y - from.y) };
  });
  let left = legs.reduce((sum, leg) => sum + leg.length, 0) / 2;
  for (const { from, to, length } of legs) {
    if (length > 0 && left <= length) {
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

/** A box as lines meet it. */
export interface Placed extends Point {
  width: number;
  height: number;
}

/** How far a curve beside a column stands out, in pixels, and how much more for each pixel it spans. */
const BULGE = { least: 32, perPixel: 0.12, most: 128 } as const;

/**
 * A curve between two boxes that no layout made room for: from side to facing side, or, where one stands above the
 * other, around the right of both, so that it does not run through what lies between.
 */
export function curvePath(from: Placed, to: Placed): string {
  const middle = ({ y, height }: Placed) => y + height / 2;
  const right = ({ x, width }: Placed) => x + width;
  if (from.x < right(to) && to.x < right(from)) {
    const out = Math.min(BULGE.most, BULGE.least + Math.abs(middle(to) - middle(from)) * BULGE.perPixel);
    const edge = Math.max(right(from), right(to)) + out;
    const ends = [
      { x: right(from), y: middle(from) },
      { x: edge, y: middle(from) },
      { x: edge, y: middle(to) },
      { x: right(to), y: middle(to) },
    ];
    return cubic(ends);
  }
  const leftToRight = from.x < to.x;
  const start = { x: leftToRight ? right(from) : from.x, y: middle(from) };
  const end = { x: leftToRight ? to.x : right(to), y: middle(to) };
  const bend = (start.x + end.x) / 2;
  return cubic([start, { x: bend, y: start.y }, { x: bend, y: end.y }, end]);
}

function cubic([start, ...rest]: readonly Point[]): string {
  return start ? `M ${at(start)} C ${rest.map(at).join(', ')}` : '';
}
