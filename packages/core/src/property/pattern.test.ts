import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

function compiled(source: string) {
  const pattern = compilePattern(source);
  if (!pattern.ok) throw new Error(pattern.problem.message);
  return pattern;
}

describe('compilePattern', () => {
  it.each([
    ['ahead', '^(?!-)[a-z-]+$'],
    ['ahead', '(?=.*\\d).{8,}'],
    ['behind', '(?<!-)x'],
    ['back', '(a)\\1'],
    ['back', '(?<q>["\']).*\\k<q>'],
    ['not a regular expression', '(unclosed'],
    ['not a regular expression', '[z-a]'],
    ['not a regular expression', '(?P<name>x)'],
    ['repeats too much', '[a-z]{500}[0-9]{600}'],
    ['longer than', 'a'.repeat(1001)],
    ['cannot be run', 'a{1,2000}'],
  ])('refuses what looks %s: %s', (reason, source) => {
    const pattern = compilePattern(source);
    expect(pattern).toMatchObject({ ok: false, problem: { path: 'pattern' } });
    if (!pattern.ok) expect(pattern.problem.message).toContain(reason);
  });

  it.each([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['\\s', '\u00a0', true],
    ['\\S', '\u00a0', false],
    ['[\\s]', '\u2028', true],
    ['^.$', '\r', false],
    ['^[.]$', 'x', false],
    ['[\\b]', '\b', true],
    ['^\\Q$', 'Q', true],
    ['^[[:alpha:]]$', 'a]', true],
    ['^[^]$', '\n', true],
    ['[]', 'x', false],
    ['^\\p{Lu}', 'Ä', true],
    ['^\\u00e9$', 'é', true],
    ['\\/', '/', true],
    ['(?<year>\\d{4})', '2024', true],
    ['x$', 'x\n', false],
    ['^(?i:abc)$', 'ABC', true],
  ])('%s on %j is %s, as ECMA has it', (source, text, expected) => {
    expect(compiled(source).test(text)).toBe(expected);
  });

  it('agrees with ECMA on patterns made of ordinary pieces', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\S',
      '[a-c]',
      '[^b]',
      '[\\w-]',
      '(?:a|b)',
      '(b)',
      '^',
      '$',
      '\\.',
      '-',
      '\\-',
      '[.$]',
    );
    const repeat = fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '*?');
    const source = fc
      .array(fc.tuple(piece, repeat), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map(([part, times]) => (part === '^' || part === '$' ? part : part + times)).join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-', ' ', '\n', '\u00a0', 'é') });
    fc.assert(
      fc.property(source, text, (pattern, subject) => {
        expect(compiled(pattern).test(subject)).toBe(new RegExp(pattern).test(subject));
      }),
    );
  });

  it('is done with a text that would keep a backtracking engine busy for ever', () => {
    expect(compiled('^(a+)+$').test(`${'a'.repeat(50_000)}!`)).toBe(false);
  });

  it('never throws, whatever the pattern', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (source) => typeof compilePattern(source).ok === 'boolean'));
  });
});
