import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each(['/', '/e/service?q=a%20b#top', '/search?q=http://x', '/graph?a=//b'])('%s is ours', (path) => {
  expect(localPath(path)).toBe(path);
});

test.each([
  undefined,
  '',
  'e/service',
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  '/./\\/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '/\u0000',
])('%j leads to the start', (path) => {
  expect(localPath(path)).toBe('/');
});
