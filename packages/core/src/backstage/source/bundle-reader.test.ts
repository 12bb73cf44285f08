import { describe, expect, it } from 'vitest';
import { bundleReader } from './bundle-reader.ts';
import { globMatcher } from './glob.ts';
import { resolvePath } from './paths.ts';
import type { ReadAnswer } from './reader.ts';
import { repositoryRootUrl } from './scm-url.ts';

const web = {
  read: async (target: string): Promise<ReadAnswer> => ({ ok: true, text: `from ${target}` }),
  glob: async () => ({ ok: true as const, targets: [] }),
};

describe('bundleReader', () => {
  const reader = bundleReader(
    {
      base: 'url:https://github.com/o/r/blob/main/',
      files: [{ path: 'a/b.yaml', text: 'hello' }],
      unread: [{ path: 'a/big.yaml', message: 'a/big.yaml is too large' }],
    },
    web,
  );

  it('reads its files, says why others were not taken, and leaves URLs to the web', async () => {
    expect(await reader.read('a/b.yaml')).toEqual({ ok: true, text: 'hello' });
    expect(await reader.read('a/big.yaml')).toEqual({
      ok: false,
      reason: 'refused',
      message: 'a/big.yaml is too large',
    });
    expect(await reader.read('gone')).toMatchObject({ ok: false, reason: 'absent' });
    expect(await reader.read('https://x.y/z')).toEqual({ ok: true, text: 'from https://x.y/z' });
    expect(await reader.glob('a/*.yaml')).toEqual({ ok: true, targets: ['a/b.yaml', 'a/big.yaml'] });
  });

  it.each([
    ['a/b.yaml', './c.yaml', 'a/c.yaml'],
    ['a/b.yaml', 'https://github.com/o/r/blob/main/x/y.yaml', 'x/y.yaml'],
    ['a/b.yaml', 'https://github.com/o/r/blob/other/x.yaml', 'https://github.com/o/r/blob/other/x.yaml'],
    ['a/b.yaml', 'https://x.y/z.yaml', 'https://x.y/z.yaml'],
    ['https://x.y/z.yaml', './w.yaml', 'https://x.y/w.yaml'],
  ])('resolves %s + %s', (base, reference, target) => {
    expect(reader.resolve(base, reference)).toEqual({ ok: true, target });
  });

  it('names the location of a file', () => {
    expect(reader.locate('a/b.yaml')).toBe('url:https://github.com/o/r/blob/main/a/b.yaml');
    expect(reader.locate('https://x.y/z')).toBe('url:https://x.y/z');
  });
});

describe('resolvePath', () => {
  it.each([
    ['a/b.yaml', '../c.yaml', 'c.yaml'],
    ['a/b.yaml', '/c/./d//e.yaml', 'c/d/e.yaml'],
    ['a/b.yaml', '.\\sub\\c.yaml', 'a/sub/c.yaml'],
  ])('%s + %s', (base, reference, target) => expect(resolvePath(base, reference)).toEqual({ ok: true, target }));

  it.each(['../../c.yaml', '/../etc/passwd', 'x/../../../y'])('refuses %s', (reference) =>
    expect(resolvePath('a/b.yaml', reference)).toMatchObject({ ok: false, reason: 'refused' }),
  );
});

describe('globMatcher', () => {
  it.each([
    [
      '**/catalog-info.yaml',
      ['catalog-info.yaml', 'a/b/catalog-info.yaml'],
      ['.git/catalog-info.yaml', 'xcatalog-info.yaml'],
    ],
    ['a/*.yaml', ['a/b.yaml'], ['a/.b.yaml', 'a/b/c.yaml', 'b.yaml']],
    ['a/**', ['a/b', 'a/b/c.yaml'], ['b/c', 'a/.b']],
    ['*/x-?.y{a,}ml', ['q/x-1.yaml', 'q/x-1.yml'], ['q/x-.yml', 'x-1.yml']],
    ['a+(b).yaml', ['a+(b).yaml'], ['aab.yaml']],
    ['.hidden/*.yaml', ['.hidden/a.yaml'], []],
  ])('%s', (pattern, matching, others) => {
    const matches = globMatcher(pattern);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it('cannot be made to hang', () => {
    expect(globMatcher(`${'*a'.repeat(200)}b`)('a'.repeat(2000))).toBe(false);
    expect(globMatcher('*'.repeat(2000))('a')).toBe(false);
  });
});

describe('repositoryRootUrl', () => {
  it.each([
    ['https://github.com/o/r.git', 'https://github.com/o/r/blob/main/'],
    ['git@github.com:o/r.git', 'https://github.com/o/r/blob/main/'],
    ['ssh://git@gitlab.example.com/g/s/r.git', 'https://gitlab.example.com/g/s/r/-/blob/main/'],
    ['https://bitbucket.org/o/r', 'https://bitbucket.org/o/r/src/main/'],
    ['https://codeberg.org/o/r/', 'https://codeberg.org/o/r/src/branch/main/'],
    ['https://git.example.com/o/r.git', undefined],
    ['/srv/git/r.git', undefined],
  ])('%s', (url, expected) => expect(repositoryRootUrl(url, 'main')).toBe(expected));
});
