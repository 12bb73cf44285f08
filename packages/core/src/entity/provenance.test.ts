import { describe, expect, it } from 'vitest';
import { stampOf, stampProvenance } from './provenance.ts';

describe('stampProvenance', () => {
  it('gives a new entity one stamp for all', () => {
    const diff = [
      { path: 'identifier', after: 'x' },
      { path: 'properties.tier', after: 'gold' },
    ];
    expect(stampProvenance(null, diff, 7, 1000)).toEqual({ '*': [7, 1000] });
  });

  it('restamps what changed and leaves the rest with whoever gave it', () => {
    const first = stampProvenance(null, [], 7, 1000);
    const second = stampProvenance(first, [{ path: 'properties.tier', before: 'gold', after: 'tin' }], 8, 2000);
    const third = stampProvenance(
      second,
      [
        { path: 'properties.tier', before: 'tin' },
        { path: 'title', after: 'X' },
      ],
      9,
      3000,
    );
    expect(second).toEqual({ '*': [7, 1000], 'properties.tier': [8, 2000] });
    expect(third).toEqual({ '*': [7, 1000], 'properties.tier': [9, 3000], title: [9, 3000] });
    expect(stampOf(third, 'properties.tier')).toEqual([9, 3000]);
    expect(stampOf(third, 'relations.system')).toEqual([7, 1000]);
    expect(stampOf(third, 'constructor')).toEqual([7, 1000]);
  });
});
