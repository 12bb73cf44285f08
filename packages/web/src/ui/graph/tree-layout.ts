import type { BoxSize, Layout, Link, Point } from './layout.ts';

/** Pixels between boxes of a column, between columns (room for a label), and from a box to where its lines part. */
const ROW = 12;
const COLUMN = 160;
const STEM = 24;

type Side = 1 | -1;
interface Branch {
  box: BoxSize;
  /** The line to the parent; absent at the root. */
  link?: Link;
  /** Right of the root or left of it. */
  side: Side;
  branches: Branch[];
}

/**
 * A two-sided tree around `root`: what it points at grows to the right, what points at it to the left, each step one
 * column farther out. Takes the links in order, hangs each box on the first one that reaches it, and ignores the rest;
 * boxes that nothing reaches are left out. Quick enough to run while drawing.
 */
export function layOutTree(root: string, boxes: readonly BoxSize[], links: readonly Link[]): Layout {
  const start = boxes.find(({ id }) => id === root);
  if (!start) return { boxes: new Map(), routes: new Map(), labels: new Map(), width: 0, height: 0 };
  const trunk = grow(start, boxes, links);
  const placed = new Map<string, Point>();
  const heights = ([1, -1] as const).map((side) => stack(trunk, side, placed));
  const middle = Math.max(...heights, start.height) / 2;
  for (const [index, side] of ([1, -1] as const).entries()) {
    shift(trunk, side, placed, middle - (heights[index] ?? 0) / 2);
  }
  placed.set(root, { x: 0, y: middle - start.height / 2 });
  return finish(trunk, placed, 2 * middle);
}

/** Hangs every reachable box on the tree, breadth first. */
function grow(start: BoxSize, boxes: readonly BoxSize[], links: readonly Link[]): Branch {
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const touching = new Map<string, Link[]>();
  for (const link of links) {
    for (const end of [link.source, link.target]) touching.set(end, [...(touching.get(end) ?? []), link]);
  }
  const trunk: Branch = { box: start, side: 1, branches: [] };
  const seen = new Set([start.id]);
  const queue = [trunk];
  for (const parent of queue) {
    for (const link of touching.get(parent.box.id) ?? []) {
      const isOut = link.source === parent.box.id;
      const box = sizes.get(isOut ? link.target : link.source);
      if (!box || seen.has(box.id)) continue;
      seen.add(box.id);
      const branch: Branch = { box, link, side: parent === trunk ? (isOut ? 1 : -1) : parent.side, branches: [] };
      parent.branches.push(branch);
      queue.push(branch);
    }
  }
  return trunk;
}

/** Stacks the leaves of one side and centres each parent beside its branches. Answers the height of the side. */
function stack(trunk: Branch, side: Side, placed: Map<string, Point>): number {
  let bottom = 0;
  const place = (branch: Branch, x: number): number => {
    const { box, branches } = branch;
    const next = side === 1 ? x + box.width + COLUMN : x - COLUMN;
    const tops = branches.map(
      (child) => place(child, side === 1 ? next : next - child.box.width) + child.box.height / 2,
    );
    const [first, last] = [tops[0], tops.at(-1)];
    let y = bottom;
    if (first !== undefined && last !== undefined) y = (first + last) / 2 - box.height / 2;
    else bottom += box.height + ROW;
    placed.set(box.id, { x, y });
    return y;
  };
  for (const branch of trunk.branches.filter((each) => each.side === side)) {
    place(branch, side === 1 ? trunk.box.width + COLUMN : -COLUMN - branch.box.width);
  }
  return Math.max(0, bottom - ROW);
}

function shift(trunk: Branch, side: Side, placed: Map<string, Point>, by: number): void {
  const queue = trunk.branches.filter((branch) => branch.side === side);
  for (const { box, branches } of queue) {
    const { x, y } = placed.get(box.id) ?? { x: 0, y: 0 };
    placed.set(box.id, { x, y: y + by });
    queue.push(...branches);
  }
}

/** Moves everything to positive coordinates and draws the lines. */
function finish(trunk: Branch, placed: Map<string, Point>, height: number): Layout {
  const left = Math.min(...[...placed.values()].map(({ x }) => x));
  const boxes = new Map([...placed].map(([id, { x, y }]) => [id, { x: x - left, y }]));
  const routes = new Map<string, Point[]>();
  let right = 0;
  const queue = [trunk];
  for (const parent of queue) {
    right = Math.max(right, (boxes.get(parent.box.id)?.x ?? 0) + parent.box.width);
    for (const branch of parent.branches) {
      const route = stemRoute(parent, branch, boxes);
      if (branch.link) routes.set(branch.link.id, branch.link.source === parent.box.id ? route : route.reverse());
      queue.push(branch);
    }
  }
  return { boxes, routes, labels: new Map(), width: right, height };
}

function stemRoute(parent: Branch, child: Branch, boxes: ReadonlyMap<string, Point>): Point[] {
  const near = (branch: Branch, side: Side): Point => {
    const { x, y } = boxes.get(branch.box.id) ?? { x: 0, y: 0 };
    return { x: side === 1 ? x + branch.box.width : x, y: y + branch.box.height / 2 };
  };
  const from = near(parent, child.side);
  const to = near(child, child.side === 1 ? -1 : 1);
  if (from.y === to.y) return [from, to];
  const bend = from.x + STEM * child.side;
  return [from, { x: bend, y: from.y }, { x: bend, y: to.y }, to];
}
