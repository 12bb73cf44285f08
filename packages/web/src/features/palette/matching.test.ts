import { expect, test } from 'vitest';
import { matchWords } from './matching.ts';

test('every word must occur, in any order', () => {
  expect(matchWords('model data', 'Data model')?.marks).toEqual([
    [0, 4],
    [5, 10],
  ]);
  expect(matchWords('model source', 'Data model')).toBeUndefined();
});

test('the start of the text beats the start of a word, which beats the middle', () => {
  const scores = ['pay gate', 'the pay gate', 'prepay'].map((text) => matchWords('pay', text)?.score ?? 0);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(new Set(scores).size).toBe(3);
});

test('the start of a word is marked rather than an earlier middle', () => {
  expect(matchWords('app', 'Snapp app')?.marks).toEqual([[6, 9]]);
});

test('overlapping marks become one', () => {
  expect(matchWords('service serv', 'service')?.marks).toEqual([[0, 7]]);
});

test('no words match everything', () => {
  expect(matchWords('', 'anything')?.marks).toEqual([]);
});
