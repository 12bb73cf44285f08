import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundleReader, ingest } from '@gantry/core/backstage';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/temporary-files.ts';
import { type Bundle, collectBundle } from './collect-bundle.ts';

const component = (name: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}${more}}\nspec: {type: a, lifecycle: b, owner: c}\n`;
const location = (...targets: string[]) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {targets: ${JSON.stringify(targets)}}\n`;
const custom = 'apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\n';

const paths = (bundle: Bundle) => bundle.files.map(({ path }) => path).sort();
const collect = (path: string, all = false) => collectBundle(path, { all });

const nowhere = {
  read: async () => ({ ok: false, reason: 'failed', message: 'not here' }) as const,
  glob: async () => ({ ok: true, targets: [] }) as const,
};

describe('collectBundle', () => {
  it('starts from catalog-info files and Backstage documents, and brings what they point at', async () => {
    const files = temporaryFiles({
      'a/catalog-info.yaml': location('../other/*.yaml', './gone.yaml', 'https://x.y/z.yaml'),
      'b/Catalog-Info.yml': component('b', ', description: {$text: ./docs/readme.md}'),
      'b/docs/readme.md': 'hello',
      'team.yaml': component('t'),
      'other/gadget.yaml': custom,
      'loose/gadget.yaml': custom,
      'values.yaml': 'a: 1',
      'node_modules/x/catalog-info.yaml': component('n'),
      '.git/catalog-info.yaml': component('g'),
    });
    const bundle = await collect(files);
    expect(bundle.root).toBe(`file:${files}`);
    expect(bundle.base).toBe(`file:${files}/`);
    expect(bundle.entries).toEqual(['a/catalog-info.yaml', 'b/Catalog-Info.yml', 'team.yaml']);
    expect(paths(bundle)).toEqual([
      'a/catalog-info.yaml',
      'b/Catalog-Info.yml',
      'b/docs/readme.md',
      'other/gadget.yaml',
      'team.yaml',
    ]);
    expect((await collect(files, true)).entries).toContain('loose/gadget.yaml');
  });

  it('holds what the server needs to come to the same result', async () => {
    const files = temporaryFiles({
      'catalog-info.yaml': location('./x/**/*.yaml', './gone.yaml', '../out.yaml'),
      'x/1.yaml': component('one'),
      'x/y/2.yaml': component('two', ', doc: {$yaml: ./2.txt}'),
      'x/y/2.txt': 'a: 1',
    });
    const bundle = await collect(files);
    const result = await ingest(bundle.entries, bundleReader(bundle, nowhere));
    expect(result.entities.map(({ ref }) => ref)).toEqual([
      'location:default/all',
      'component:default/one',
      'component:default/two',
    ]);
    expect(result.problems.map(({ code }) => code)).toEqual(['target_refused', 'target_absent']);
  });

  it('takes a single file whatever its kind, and reads the work tree around it, but no further', async () => {
    const files = temporaryFiles({
      'outside.yaml': component('o'),
      'repo/shared/s.yaml': component('s'),
      'repo/deep/gadget.yaml': `${custom}---\n${location('../shared/s.yaml', '../../outside.yaml')}`,
    });
    mkdirSync(join(files, 'repo/.git'));
    const bundle = await collect(join(files, 'repo/deep/gadget.yaml'));
    expect(bundle).toMatchObject({
      root: `file:${files}/repo/deep/gadget.yaml`,
      base: `file:${files}/repo/`,
      entries: ['deep/gadget.yaml'],
    });
    expect(paths(bundle)).toEqual(['deep/gadget.yaml', 'shared/s.yaml']);
  });

  it('follows no link out of the folder, and reads nothing but files of a sane size', async () => {
    const outside = temporaryFiles({ 'secret.yaml': component('secret') });
    const files = temporaryFiles({
      'catalog-info.yaml': location('./leak.yaml', './pipe.yaml', './big.yaml', './folder.yaml', './in.yaml'),
      'real.txt': component('inside'),
      'big.yaml': 'x'.repeat(5_000_001),
      'folder.yaml/x': '',
    });
    symlinkSync(join(outside, 'secret.yaml'), join(files, 'leak.yaml'));
    symlinkSync(outside, join(files, 'linked'));
    symlinkSync(files, join(files, 'loop'));
    symlinkSync('real.txt', join(files, 'in.yaml'));
    execFileSync('mkfifo', [join(files, 'pipe.yaml')]);
    const bundle = await collect(files);
    expect(paths(bundle)).toEqual(['catalog-info.yaml', 'in.yaml']);
    expect(bundle.unread?.map(({ message }) => message).sort()).toEqual([
      'big.yaml is larger than 5 MB',
      'folder.yaml is not a file',
      'leak.yaml is a link that leads out of the folder',
      'pipe.yaml is not a file',
    ]);
  });

  it('says what is missing', async () => {
    const files = temporaryFiles({ 'a.yaml': 'a: 1' });
    await expect(collect(files)).rejects.toThrow('There is no catalog-info.yaml');
    await expect(collect(join(files, 'gone'))).rejects.toThrow('There is no such file or folder.');
  });
});
