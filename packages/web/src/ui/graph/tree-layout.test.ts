import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutTree } from './tree-layout.ts';

const box = (id: string) => ({ id, width: 200, height: 40 });
const link = (source: string, target: string) => ({ id: `${source}>${target}`, source, target });

describe('layOutTree', () => {
  it('grows what the root points at to the right and what points at it to the left', () => {
    const links = [link('root', 'uses'), link('caller', 'root'), link('uses', 'deep'), link('other', 'uses')];
    const { boxes } = layOutTree('root', ['root', 'uses', 'caller', 'deep', 'other'].map(box), links);
    const x = (id: string) => boxes.get(id)?.x ?? Number.NaN;
    expect(x('caller')).toBeLessThan(x('root'));
    expect(x('root')).toBeLessThan(x('uses'));
    expect(x('deep')).toBe(x('other'));
    expect(x('deep')).toBeGreaterThan(x('uses'));
  });

  it('runs each line from its source to its target', () => {
    const { boxes, routes } = layOutTree('root', [box('root'), box('caller')], [link('caller', 'root')]);
    const route = routes.get('caller>root') ?? [];
    expect(route[0]?.x).toBe((boxes.get('caller')?.x ?? 0) + 200);
    expect(route.at(-1)?.x).toBe(boxes.get('root')?.x);
  });

  it('never lays boxes over one another, ends on circles, and stays within its bounds', () => {
    const name = fc.constantFrom(...'abcdefghij');
    const pairs = fc.array(fc.tuple(name, name), { maxLength: 30 });
    fc.assert(
      fc.property(pairs, (edges) => {
        const links = edges.map(([from, to], index) => ({ ...link(from, to), id: String(index) }));
        const layout = layOutTree('a', [...'abcdefghij'].map(box), links);
        const placed = [...layout.boxes.values()];
        for (const [index, one] of placed.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.y).toBeGreaterThanOrEqual(-0.001);
          expect(one.x + 200).toBeLessThanOrEqual(layout.width);
          expect(one.y + 40).toBeLessThanOrEqual(layout.height + 0.001);
          for (const other of placed.slice(index + 1)) {
            expect(Math.abs(one.x - other.x) >= 200 || Math.abs(one.y - other.y) >= 40).toBe(true);
          }
        }
      }),
    );
  });

  it('answers nothing for a root that is not there', () => {
    expect(layOutTree('gone', [box('a')], []).boxes.size).toBe(0);
  });
});
