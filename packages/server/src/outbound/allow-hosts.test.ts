import { describe, expect, test } from 'vitest';
import { parseAllowHosts } from './allow-hosts.ts';

describe('allowed hosts', () => {
  const allow = parseAllowHosts(['git.corp.example', '*.internal.example', 'localhost:3000', '[::1]:8080', '10.0.0.7']);

  test.each([
    ['git.corp.example', 443, true],
    ['GIT.corp.example.', 8443, true],
    ['evil-git.corp.example', 443, false],
    ['a.internal.example', 80, true],
    ['a.b.internal.example', 80, true],
    ['internal.example', 80, false],
    ['notinternal.example', 80, false],
    ['localhost', 3000, true],
    ['localhost', 3001, false],
    ['[::1]', 8080, true],
    ['::1', 8081, false],
    ['10.0.0.7', 22, true],
    ['10.0.0.70', 22, false],
  ])('%s on port %i: %s', (host, port, expected) => {
    expect(allow(host, port)).toBe(expected);
  });

  test('every entry that is not understood is named', () => {
    expect(() => parseAllowHosts(['ok.example', 'https://a.example', 'b.example/path', 'c:99999', '*'])).toThrow(
      /"https:\/\/a\.example", "b\.example\/path", "c:99999", "\*"/,
    );
  });
});
