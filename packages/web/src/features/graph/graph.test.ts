import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connections,
  cycleMembers,
  type EntityGraph,
  listNodes,
  nodeTypes,
  partConnections,
  withoutTypes,
} from './entity-graph.ts';
import { formatGraphSearch, formatKey, parseGraphSearch, parseKey } from './graph-state.ts';
import { mermaidText } from './mermaid-text.ts';

const node = (id: string, blueprint: string, depth: number, title = id) => ({
  id,
  blueprint,
  identifier: id,
  title,
  depth,
  dangling: false,
});
const edge = (source: string, target: string, relation = 'uses') => ({ source, target, relation, title: '' });

const graph: EntityGraph = {
  nodes: [node('shop', 'service', 0), node('pay', 'api', 1), node('bank', 'service', 2), node('crew', 'team', 1)],
  edges: [edge('shop', 'pay'), edge('pay', 'bank', 'provided by'), edge('shop', 'crew', 'owner')],
  truncated: false,
};

describe('the state in the URL', () => {
  it('GR-3 reads back what it wrote, whatever the names', () => {
    const name = fc.string({ minLength: 1 });
    const key = fc.record({ blueprint: name, identifier: name });
    const state = fc.record({
      root: key,
      depth: fc.integer({ min: 1, max: 5 }),
      direction: fc.constantFrom('both' as const, 'out' as const, 'in' as const),
      hide: fc.array(fc.stringMatching(/^[a-zé0-9@_.+:\\/-]+$/)),
      view: fc.constantFrom('canvas' as const, 'list' as const),
      lines: fc.boolean(),
      focus: key,
    });
    fc.assert(
      fc.property(state, (value) => {
        expect(parseGraphSearch({ ...formatGraphSearch(value) })).toEqual(value);
      }),
    );
  });

  it('falls back to defaults for nonsense', () => {
    const wild = { root: 'x', depth: '99', direction: 'up', hide: 3, view: {} };
    expect(parseGraphSearch(wild)).toEqual({ depth: 1, direction: 'both', hide: [], view: 'canvas', lines: false });
  });

  it('keeps simple names readable', () => {
    expect(formatKey({ blueprint: 'service', identifier: 'default/checkout' })).toBe('service/default/checkout');
    expect(parseKey('service')).toBeUndefined();
  });
});

describe('types', () => {
  it('counts each type and keeps hidden ones in the list', () => {
    expect(nodeTypes(graph.nodes, ['cluster'])).toEqual([
      { blueprint: 'service', count: 2, hidden: false },
      { blueprint: 'api', count: 1, hidden: false },
      { blueprint: 'team', count: 1, hidden: false },
      { blueprint: 'cluster', count: 0, hidden: true },
    ]);
  });

  it('hides what was only reachable through a hidden type, never the root', () => {
    const ids = (hidden: string[]) => withoutTypes(graph, hidden).nodes.map(({ id }) => id);
    expect(ids(['api'])).toEqual(['shop', 'crew']);
    expect(ids(['service'])).toEqual(['shop', 'pay', 'crew']);
    expect(withoutTypes(graph, ['api']).edges).toEqual([edge('shop', 'crew', 'owner')]);
  });
});

describe('connections', () => {
  it('draws one line for several relations of one direction', () => {
    const lines = connections([edge('a', 'b', 'uses'), edge('a', 'b', 'owns'), edge('b', 'a', 'uses')]);
    expect(lines.map(({ relations }) => relations)).toEqual([['uses', 'owns'], ['uses']]);
  });
});

describe('partConnections', () => {
  it('hangs each node once on a nearer one and keeps every other line as an aside', () => {
    const more: EntityGraph = { ...graph, edges: [...graph.edges, edge('crew', 'pay', 'pays'), edge('crew', 'bank')] };
    const { tree, asides } = partConnections(more);
    const ends = (list: typeof tree) => list.map(({ source, target }) => `${source} ${target}`);
    expect(ends(tree)).toEqual(['shop pay', 'pay bank', 'shop crew']);
    expect(ends(asides)).toEqual(['crew pay', 'crew bank']);
  });
});

describe('listNodes', () => {
  it('GR-2 says how each node hangs together with a nearer one', () => {
    const bank = listNodes(graph).find(({ node: { id } }) => id === 'bank');
    expect(bank?.via.map(({ relation, direction, from }) => [relation, direction, from.id])).toEqual([
      ['provided by', 'out', 'pay'],
    ]);
  });
});

describe('cycleMembers', () => {
  const cyclesOf = (edges: [string, string][]) => {
    const ids = [...new Set(edges.flat())];
    const nodes = ids.map((id) => node(id, 'service', 0));
    return [...cycleMembers({ nodes, edges: edges.map(([a, b]) => edge(a, b)), truncated: false })].sort();
  };

  it('finds rings and self links and nothing else', () => {
    expect(
      cyclesOf([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'd'],
        ['e', 'e'],
      ]),
    ).toEqual(['a', 'b', 'c', 'e']);
    expect(
      cyclesOf([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ]),
    ).toEqual([]);
  });

  it('agrees with walking from every node', () => {
    const pair = fc.tuple(fc.constantFrom(...'abcdef'), fc.constantFrom(...'abcdef'));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), (edges) => {
        const returns = (start: string) => {
          const seen = new Set(edges.filter(([from]) => from === start).map(([, to]) => to));
          for (const id of seen) for (const [from, to] of edges) if (from === id) seen.add(to);
          return seen.has(start);
        };
        expect(cyclesOf(edges)).toEqual([...new Set(edges.flat())].filter(returns).sort());
      }),
    );
  });

  it('does not run out of stack on a long chain', () => {
    const chain = Array.from({ length: 20_000 }, (_, index): [string, string] => [`${index}`, `${index + 1}`]);
    expect(cyclesOf(chain)).toEqual([]);
  });
});

describe('mermaidText', () => {
  it('cannot be broken out of by a title', () => {
    const hostile: EntityGraph = {
      ...graph,
      nodes: [node('x', 'service', 0, 'a"]\n  click x "javascript:1"')],
      edges: [],
    };
    expect(mermaidText(hostile)).toBe('flowchart LR\n  n0["a#quot;]   click x #quot;javascript:1#quot;"]\n');
  });

  it('writes nodes and labelled lines', () => {
    expect(mermaidText(graph).split('\n').slice(0, 7)).toEqual([
      'flowchart LR',
      '  n0["shop"]',
      '  n1["pay"]',
      '  n2["bank"]',
      '  n3["crew"]',
      '  n0 -->|"uses"| n1',
      '  n1 -->|"provided by"| n2',
    ]);
  });
});
