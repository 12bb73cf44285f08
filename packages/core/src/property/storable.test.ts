import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPTH_LIMIT, findUnstorable } from './storable.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { in: value };
  return value;
}

const paths = (value: unknown) => findUnstorable(value).map(({ path }) => path);

describe('findUnstorable', () => {
  it('finds nothing wrong with any JSON that PostgreSQL can hold', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        scalar,
        fc.array(tie('value')),
        fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie('value')),
      ),
    }));
    fc.assert(fc.property(value, (json) => findUnstorable(json).length === 0));
  });

  it.each([
    ['a NUL character', 'a\0b', ['']],
    ['a lone surrogate', { a: ['\ud800'] }, ['a.0']],
    ['a NUL in a key', { outer: { 'a\0': 1 } }, ['outer']],
    ['an infinite number', { a: { b: Number.POSITIVE_INFINITY } }, ['a.b']],
    ['a prototype key', JSON.parse('{"a": {"__proto__": {"admin": true}}}'), ['a.__proto__']],
    ['what JSON has no word for', { a: 1n, b: () => 1 }, ['b', 'a']],
    ['things with a class', { a: new Date(0) }, ['a']],
  ])('finds %s', (_, value, expected) => {
    expect(paths(value)).toEqual(expected);
  });

  it('keeps `constructor` and `prototype` as the plain keys they are', () => {
    expect(findUnstorable({ constructor: { prototype: { name: 'x' } } })).toEqual([]);
  });

  it('bounds the depth, and does not overflow on any', () => {
    expect(findUnstorable(nested(DEPTH_LIMIT))).toEqual([]);
    expect(findUnstorable(nested(DEPTH_LIMIT + 1))[0]?.message).toMatch(/nested deeper/);
    expect(findUnstorable(nested(100_000))[0]?.message).toMatch(/nested deeper/);
  });

  it('bounds the number of values, so that aliases of aliases cannot unfold for ever', () => {
    let bomb: unknown = 'lol';
    for (let level = 0; level < 30; level += 1) bomb = [bomb, bomb, bomb, bomb];
    expect(findUnstorable(bomb)[0]?.message).toMatch(/more than/);
  });

  it('follows no cycle for ever', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(findUnstorable(cycle)[0]?.message).toMatch(/nested deeper/);
  });

  it('sums up after many problems', () => {
    const problems = findUnstorable(Array.from({ length: 5000 }, () => '\0'));
    expect(problems.length).toBeLessThan(60);
  });
});
