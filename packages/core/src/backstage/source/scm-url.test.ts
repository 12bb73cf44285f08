import { describe, expect, it } from 'vitest';
import { editUrlOf, folderUrlOf, parseScmUrl, resolveUrl } from './scm-url.ts';

const github = 'https://github.com/o/r/blob/main/dir/a.yaml';
const gitlab = 'https://gitlab.example.com/group/sub/r/-/blob/main/dir/a.yaml';
const gitea = 'https://codeberg.org/o/r/src/branch/main/dir/a.yaml';
const bitbucket = 'https://bitbucket.org/o/r/src/main/dir/a.yaml';

describe('parseScmUrl', () => {
  it.each([
    [
      github,
      'github.com/o/r',
      'https://raw.githubusercontent.com/o/r/main/dir/a.yaml',
      'https://github.com/o/r/edit/main/dir/a.yaml',
    ],
    [
      'https://ghe.corp/o/r/blob/main/dir/a.yaml',
      'ghe.corp/o/r',
      'https://ghe.corp/o/r/raw/main/dir/a.yaml',
      'https://ghe.corp/o/r/edit/main/dir/a.yaml',
    ],
    [gitlab, 'gitlab.example.com/group/sub/r', gitlab.replace('/blob/', '/raw/'), gitlab.replace('/blob/', '/edit/')],
    [gitea, 'codeberg.org/o/r', gitea.replace('/src/', '/raw/'), 'https://codeberg.org/o/r/_edit/main/dir/a.yaml'],
    [bitbucket, 'bitbucket.org/o/r', bitbucket.replace('/src/', '/raw/'), `${bitbucket}?mode=edit`],
  ])('%s', (url, repository, raw, edit) => {
    expect(parseScmUrl(url)).toEqual({ repository, ref: 'main', path: 'dir/a.yaml', raw, edit });
  });

  it.each([
    'https://example.com/a.yaml',
    'https://github.com/o/r',
    'nonsense',
    'javascript:1',
    'file:///o/r/blob/main/a',
  ])('passes over %s', (url) => expect(parseScmUrl(url)).toBeUndefined());
});

describe('resolveUrl', () => {
  it.each([
    [github, './b.yaml', 'https://github.com/o/r/blob/main/dir/b.yaml'],
    [github, '../b.yaml', 'https://github.com/o/r/blob/main/b.yaml'],
    [github, '/b.yaml', 'https://github.com/o/r/blob/main/b.yaml'],
    [gitlab, '/x/b.yaml', 'https://gitlab.example.com/group/sub/r/-/blob/main/x/b.yaml'],
    [github, './**/b.yaml', 'https://github.com/o/r/blob/main/dir/**/b.yaml'],
    ['https://x.y/a/b.yaml', '../c.yaml', 'https://x.y/c.yaml'],
    [github, 'https://x.y/c.yaml', 'https://x.y/c.yaml'],
  ])('%s + %s', (base, reference, target) => {
    expect(resolveUrl(base, reference)).toEqual({ ok: true, target });
  });

  it.each([
    '../../x.yaml',
    '../../../../other/r/blob/main/x.yaml',
    '../../other-branch/x.yaml',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('refuses %s', (reference) =>
    expect(resolveUrl(github, reference)).toMatchObject({ ok: false, reason: 'refused' }),
  );
});

describe('links', () => {
  it('lead to the editor, unless the file is pinned to a commit', () => {
    expect(editUrlOf(github)).toBe('https://github.com/o/r/edit/main/dir/a.yaml');
    expect(editUrlOf(github.replace('main', 'a'.repeat(40)))).toBeUndefined();
    expect(folderUrlOf(github)).toBe('https://github.com/o/r/tree/main/dir/');
    expect(folderUrlOf('https://x.y/a.yaml')).toBeUndefined();
  });
});
