import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFiles } from '../../test/temporary-files.ts';
import { withClone, withoutPassword } from './clone-repository.ts';
import { importTarget } from './import-target.ts';

afterEach(() => vi.unstubAllEnvs());

const nothing = async () => {};

describe('withClone', () => {
  it('brings the newest commit and leaves nothing behind', async () => {
    const origin = temporaryFiles({ 'catalog-info.yaml': 'a: 1' });
    const git = (...words: string[]) => execFileSync('git', ['-C', origin, ...words], { stdio: 'pipe' });
    git('init', '-q', '-b', 'trunk');
    git('add', '.');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'first');

    const seen = await withClone(`file://${origin}`, async (repository) => {
      expect(readFileSync(join(repository.folder, 'catalog-info.yaml'), 'utf8')).toBe('a: 1');
      return repository;
    });
    expect(seen).toMatchObject({ url: `file://${origin}`, base: `git:file://${origin}/` });
    expect(existsSync(seen.folder)).toBe(false);
  });

  it.each(['ext::sh -c touch% /tmp/gantry-pwned', '--upload-pack=touch /tmp/gantry-pwned'])(
    'runs no program for %s',
    async (url) => {
      await expect(withClone(url, nothing)).rejects.toThrow('cannot be cloned');
      expect(existsSync('/tmp/gantry-pwned')).toBe(false);
    },
  );

  it('says so when git is missing, and never shows a password', async () => {
    await expect(withClone('file://user:hunter2@/nowhere', nothing)).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
    vi.stubEnv('PATH', '');
    await expect(withClone('https://example.com/a.git', nothing)).rejects.toThrow('git is not installed');
  });

  it('names a source without its password', () => {
    expect(withoutPassword('https://me:secret@github.com/o/r.git')).toBe('https://github.com/o/r.git');
    expect(withoutPassword('ssh://git@github.com/o/r.git')).toBe('ssh://git@github.com/o/r.git');
    expect(withoutPassword('ssh://git:secret@github.com/o/r.git')).toBe('ssh://git@github.com/o/r.git');
    expect(withoutPassword('https://me:p@ss@github.com/o/r.git')).toBe('https://github.com/o/r.git');
    expect(withoutPassword('git@github.com:o/r.git')).toBe('git@github.com:o/r.git');
  });
});

describe('importTarget', () => {
  it.each([
    ['.', 'path'],
    ['/no/such/folder', 'path'],
    ['https://github.com/o/r', 'repository'],
    ['https://git.example.com/o/r.git', 'repository'],
    ['git@github.com:o/r.git', 'repository'],
    ['ssh://git@host/o/r', 'repository'],
    ['https://github.com/o/r/blob/main/catalog-info.yaml', 'location'],
    ['https://example.com/all.yaml', 'location'],
  ])('%s is a %s', (word, kind) => expect(importTarget(word).kind).toBe(kind));

  it.each(['ext::sh -c x', 'git::https://x', 'ftp://x/y', '-x'])('refuses %s', (word) =>
    expect(() => importTarget(word)).toThrow(expect.objectContaining({ exitCode: 2 })),
  );
});
