import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { type Layout, type LayoutRequest, layOut } from './layout.ts';
import { curvePath, midpoint, routePath } from './route-path.ts';

const elk = new ELK();
const box = (id: string) => ({ id, width: 180, height: 44 });

function place(ids: string[], pairs: [string, string][], options: Partial<LayoutRequest> = {}): Promise<Layout> {
  const links = pairs.map(([source, target], index) => ({ id: `e${index}`, source, target }));
  return layOut(elk, { boxes: ids.map(box), links, direction: 'right', ...options });
}

function overlaps(layout: Layout): string[] {
  const placed = [...layout.boxes];
  return placed.flatMap(([id, a], index) =>
    placed
      .slice(index + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < 180 && Math.abs(a.y - b.y) < 44)
      .map(([other]) => `${id} and ${other}`),
  );
}

describe('layOut', () => {
  it('puts what is depended upon to the right and draws a route for each link', async () => {
    const layout = await place(
      ['web', 'api', 'db'],
      [
        ['web', 'api'],
        ['api', 'db'],
      ],
    );
    const x = (id: string) => layout.boxes.get(id)?.x ?? Number.NaN;
    expect(x('web')).toBeLessThan(x('api'));
    expect(x('api')).toBeLessThan(x('db'));
    expect(layout.routes.get('e0')?.length).toBeGreaterThanOrEqual(2);
  });

  it('takes cycles, self links and links to boxes that are not there', async () => {
    const layout = await place(
      ['a', 'b'],
      [
        ['a', 'b'],
        ['b', 'a'],
        ['a', 'a'],
        ['a', 'gone'],
      ],
    );
    expect([...layout.boxes.keys()]).toEqual(['a', 'b']);
    expect([...layout.routes.keys()].sort()).toEqual(['e0', 'e1', 'e2']);
    expect(overlaps(layout)).toEqual([]);
  });

  it('reserves room for labels', async () => {
    const links = [{ id: 'owns', source: 'a', target: 'b', labelWidth: 80 }];
    const layout = await layOut(elk, { boxes: [box('a'), box('b')], links, direction: 'down' });
    const middle = layout.labels.get('owns') ?? { x: 0, y: 0 };
    expect(middle.y).toBeGreaterThan(44);
    expect(middle.y).toBeLessThan(layout.boxes.get('b')?.y ?? 0);
  });

  it('GR-1 places 300 boxes without overlap, unconnected ones included', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `n${index}`);
    // A deterministic spread: every box but the last twenty leans on two earlier ones.
    const pairs = ids.slice(1, 280).flatMap((id, index): [string, string][] => [
      [id, `n${Math.floor(index / 3)}`],
      [id, `n${(index * 7) % (index + 1)}`],
    ]);
    const layout = await place(ids, pairs);
    expect(layout.boxes.size).toBe(300);
    expect(overlaps(layout)).toEqual([]);
  });
});

describe('routePath', () => {
  it('rounds corners and is straight otherwise', () => {
    expect(
      routePath([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
      ]),
    ).toBe('M 0 0 L 20 0');
    expect(
      routePath([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 20 },
      ]),
    ).toBe('M 0 0 L 14 0 Q 20 0 20 6 L 20 20');
    expect(routePath([])).toBe('');
  });

  it('finds the middle of a bent line', () => {
    expect(
      midpoint([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 10, y: 30 },
      ]),
    ).toEqual({ x: 10, y: 10 });
  });
});

describe('curvePath', () => {
  const size = { width: 100, height: 20 };

  it('joins facing sides', () => {
    expect(curvePath({ x: 0, y: 0, ...size }, { x: 200, y: 40, ...size })).toBe('M 100 10 C 150 10, 150 50, 200 50');
    expect(curvePath({ x: 200, y: 40, ...size }, { x: 0, y: 0, ...size })).toBe('M 200 50 C 150 50, 150 10, 100 10');
  });

  it('goes around what lies between boxes of one column', () => {
    expect(curvePath({ x: 0, y: 0, ...size }, { x: 0, y: 100, ...size })).toBe('M 100 10 C 144 10, 144 110, 100 110');
  });
});
