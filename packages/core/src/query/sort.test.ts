import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSort } from './sort.ts';

describe('parseSort', () => {
  it('reads terms in order, ascending unless said, each property once', () => {
    const input = [{ property: 'tier', order: 'desc' }, { property: '$updatedAt' }, { property: 'tier' }];
    expect(parseSort(input)).toEqual({
      ok: true,
      value: [
        { by: { kind: 'own', key: 'tier' }, order: 'desc' },
        { by: { kind: 'meta', name: '$updatedAt' }, order: 'asc' },
      ],
    });
    expect(parseSort(undefined)).toEqual({ ok: true, value: [] });
  });

  it.each<[string, unknown, string[]]>([
    ['no list', 'title', ['']],
    ['too many terms', Array(6).fill({ property: 'x' }), ['']],
    ['no object', ['title'], ['0']],
    ['no property', [{ order: 'asc' }], ['0.property']],
    ['an unknown meta property', [{ property: '$titel' }], ['0.property']],
    ['an unknown order', [{ property: 'x', order: 'up' }], ['0.order']],
  ])('refuses %s', (_, input, paths) => {
    const result = parseSort(input);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(paths);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (input) => typeof parseSort(input).ok === 'boolean'));
  });
});
