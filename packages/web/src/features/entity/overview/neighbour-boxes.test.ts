import { describe, expect, it } from 'vitest';
import type { RelatedGroup } from '../../../data/entities.ts';
import { neighbourBoxes, SELF } from './neighbour-boxes.ts';

const related = (identifier: string) => ({ blueprint: 'service', identifier, title: identifier, dangling: false });
const group = (direction: 'in' | 'out', relation: string, count: number, listed = count): RelatedGroup => ({
  direction,
  relation,
  title: relation,
  blueprint: 'service',
  count,
  entities: Array.from({ length: listed }, (_, index) => related(`${relation}${index}`)),
});
const shop = { blueprint: 'service', title: 'Shop', icon: null };

describe('neighbourBoxes', () => {
  it('shows few neighbours singly and many as one box, and leaves nobody out', () => {
    const { boxes } = neighbourBoxes(shop, [group('out', 'uses', 2), group('out', 'owns', 9, 3)], 'both');
    expect(boxes.map(({ kind }) => kind)).toEqual(['self', 'entity', 'entity', 'group']);
    expect(boxes.at(-1)).toMatchObject({ group: { count: 9 } });
  });

  it('draws lines in the direction of the relation', () => {
    const { links } = neighbourBoxes(shop, [group('out', 'uses', 1), group('in', 'calls', 1)], 'both');
    expect(links).toMatchObject([
      { source: SELF, labelAt: 'target' },
      { target: SELF, labelAt: 'source' },
    ]);
  });

  it('keeps to one side when asked', () => {
    const groups = [group('out', 'uses', 1), group('in', 'calls', 1)];
    expect(neighbourBoxes(shop, groups, 'in').links.map(({ label }) => label)).toEqual(['calls']);
  });

  it('tells apart an entity that two relations name', () => {
    const twice = [group('out', 'uses', 1), { ...group('out', 'owns', 1), entities: [related('uses0')] }];
    const ids = neighbourBoxes(shop, twice, 'both').boxes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
