import { expect, test } from 'vitest';
import { tokenIn } from './token-in.ts';

test('a whole link or the bare token, as people paste them', () => {
  expect(tokenIn(' http://localhost:7007/sign-in?token=abc_DEF-123.x ')).toBe('abc_DEF-123.x');
  expect(tokenIn('http://h/sign-in?to=%2F&token=a%2Bb')).toBe('a+b');
  expect(tokenIn('abc_DEF-123')).toBe('abc_DEF-123');
});

test('anything else is no token', () => {
  expect(tokenIn('')).toBeUndefined();
  expect(tokenIn('please let me in')).toBeUndefined();
});
