import { describe, expect, it } from 'vitest';
import type { Layout } from '../../ui/graph/layout.ts';
import { graphSvg } from './graph-drawing.ts';

const layout: Layout = {
  boxes: new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 300, y: 0 }],
  ]),
  routes: new Map([
    [
      '["a","b"]',
      [
        { x: 208, y: 22 },
        { x: 300, y: 22 },
      ],
    ],
  ]),
  labels: new Map(),
  width: 508,
  height: 44,
};
const node = (id: string, title: string) => ({
  id,
  blueprint: 'service',
  identifier: id,
  title,
  depth: 0,
  dangling: id === 'b',
});

describe('graphSvg', () => {
  const svg = graphSvg(
    {
      nodes: [node('a', '<script>alert("1")</script>\u0000'), node('b', 'B & C')],
      edges: [{ source: 'a', target: 'b', relation: 'uses', title: 'Uses' }],
      truncated: false,
    },
    layout,
    () => 'Service',
  );

  it('is as large as the layout and its margin', () => {
    expect(svg).toContain('width="556" height="92"');
  });

  it('writes titles as text, never as markup', () => {
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('B &amp; C');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
  });

  it('draws lines with their relation and marks what does not exist', () => {
    expect(svg).toContain('>Uses</text>');
    expect(svg).toContain('stroke-dasharray');
  });
});
