import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDiff, revertDiff } from './apply-diff.ts';
import { diffEntity } from './diff-entity.ts';
import type { EntityContent } from './entity.ts';

const before: EntityContent = {
  identifier: 'checkout',
  title: 'Checkout',
  icon: null,
  team: ['a'],
  properties: { tier: 'gold', stars: 1, config: { a: 1, b: [1, { c: null }] } },
  relations: { system: 'shop', dependsOn: ['x', 'y'] },
};

describe('diffEntity', () => {
  it('is null when nothing changed, as jsonb would see it', () => {
    const same = structuredClone(before);
    same.properties = { config: { b: [1, { c: null }], a: 1.0 }, stars: 1, tier: 'gold' };
    expect(diffEntity(before, same)).toBeNull();
    const zero = { ...before, properties: { stars: 0 } };
    expect(diffEntity(zero, { ...before, properties: { stars: -0 } })).toBeNull();
  });

  it('lists everything that is set of an entity that is new', () => {
    expect(diffEntity(null, before)).toEqual([
      { path: 'identifier', after: 'checkout' },
      { path: 'title', after: 'Checkout' },
      { path: 'team', after: ['a'] },
      { path: 'properties.tier', after: 'gold' },
      { path: 'properties.stars', after: 1 },
      { path: 'properties.config', after: { a: 1, b: [1, { c: null }] } },
      { path: 'relations.system', after: 'shop' },
      { path: 'relations.dependsOn', after: ['x', 'y'] },
    ]);
  });

  it('names each change once, and leaves out the side that is unset', () => {
    const after: EntityContent = {
      identifier: 'cart',
      title: null,
      icon: 'Cart',
      team: [],
      properties: { tier: 'silver', config: { a: 1, b: [1, { c: 0 }] } },
      relations: { dependsOn: ['y', 'x'] },
    };
    expect(diffEntity(before, after)).toEqual([
      { path: 'identifier', before: 'checkout', after: 'cart' },
      { path: 'title', before: 'Checkout' },
      { path: 'icon', after: 'Cart' },
      { path: 'team', before: ['a'] },
      { path: 'properties.tier', before: 'gold', after: 'silver' },
      { path: 'properties.config', before: before.properties.config, after: after.properties.config },
      { path: 'properties.stars', before: 1 },
      { path: 'relations.dependsOn', before: ['x', 'y'], after: ['y', 'x'] },
      { path: 'relations.system', before: 'shop' },
    ]);
  });
});

describe('laws', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'constructor', 'toString');
  const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => json !== null);
  const text = fc.string({ maxLength: 3 });
  const content: fc.Arbitrary<EntityContent> = fc.record({
    identifier: fc.constantFrom('x', 'y'),
    title: fc.option(text),
    icon: fc.option(text),
    team: fc.array(text, { maxLength: 2 }),
    properties: fc.dictionary(key, value, { noNullPrototype: true }),
    relations: fc.dictionary(key, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 2 })), {
      noNullPrototype: true,
    }),
  });

  it('a diff applied to what was gives what is, and taken back gives what was', () => {
    fc.assert(
      fc.property(fc.option(content), content, (was, is) => {
        const diff = diffEntity(was, is) ?? [];
        expect(diffEntity(is, applyDiff(was, diff))).toBeNull();
        const reverted = revertDiff(is, diff);
        if (was === null) expect(reverted).toBeNull();
        else expect(reverted && diffEntity(was, reverted)).toBeNull();
      }),
    );
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(fc.option(content), content, (was, is) => {
        const diff = JSON.parse(JSON.stringify(diffEntity(was, is) ?? []));
        expect(diffEntity(is, applyDiff(was, diff))).toBeNull();
      }),
    );
  });

  it('there is no diff between equals, and one between different', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        expect(diffEntity(one, structuredClone(one))).toBeNull();
        const same = diffEntity(one, other) === null;
        expect(diffEntity(other, one) === null).toBe(same);
      }),
    );
  });

  it('changes neither side', () => {
    fc.assert(
      fc.property(content, content, (was, is) => {
        const copies = structuredClone([was, is]);
        const diff = diffEntity(was, is) ?? [];
        applyDiff(was, diff);
        revertDiff(is, diff);
        expect([was, is]).toEqual(copies);
      }),
    );
  });
});
