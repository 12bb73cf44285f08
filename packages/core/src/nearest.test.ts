import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const operators = ['=', 'contains', 'doesNotContains', 'beginsWith'];

describe('nearest', () => {
  it.each([
    ['doesNotContain', 'doesNotContains'],
    ['BEGINSWITH', 'beginsWith'],
    ['contians', 'contains'],
    ['==', '='],
    ['somethingElse', undefined],
    ['', undefined],
  ])('to %j is %j', (word, expected) => {
    expect(nearest(word, operators)).toBe(expected);
  });

  it('is a remedy only where something is close', () => {
    expect(didYouMean('contians', operators)).toEqual({ remedy: 'Did you mean `contains`?' });
    expect(didYouMean('x'.repeat(100_000), operators)).toEqual({});
  });
});
