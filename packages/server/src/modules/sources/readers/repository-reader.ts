import { posix } from 'node:path';
import { Refusal } from '@gantry/core';
import { bundleReader, type IngestReader, isWebUrl, type ReadAnswer, repositoryRootUrl } from '@gantry/core/backstage';
import type { RepositoryTree } from '../../../outbound/index.ts';
import type { WebFiles } from './web-files.ts';

const CATALOG_FILE = /^catalog-info\.ya?ml$/;

/** The catalog files below a folder of a repository (`''` for all of it), in order. */
export function catalogFilesOf(tree: RepositoryTree, folder: string): string[] {
  const isBelow = (path: string) => folder === '' || path.startsWith(`${folder}/`);
  return tree.paths.filter((path) => CATALOG_FILE.test(posix.basename(path)) && isBelow(path));
}

/**
 * Reads the files of one commit, and the web beyond it. `ahead` are read in one go; whatever they refer to is read
 * when it is asked for.
 */
export async function repositoryReader(
  tree: RepositoryTree,
  url: string,
  ahead: readonly string[],
  web: WebFiles,
): Promise<IngestReader> {
  const read = await readAhead(tree, ahead);
  const paths = new Set(tree.paths);
  // Every file is there; which text it holds is found out below.
  const files = tree.paths.map((path) => ({ path, text: '' }));
  const bundle = bundleReader({ base: `url:${repositoryRootUrl(url, tree.branch) ?? `${url}#`}`, files }, web);
  return {
    ...bundle,
    async read(target) {
      if (isWebUrl(target) || !paths.has(target)) return bundle.read(target);
      return read.get(target) ?? readOne(tree, target);
    },
  };
}

/** Nothing, when one of them is too large to be read: then each is tried alone. */
async function readAhead(tree: RepositoryTree, paths: readonly string[]): Promise<Map<string, ReadAnswer>> {
  try {
    const files = await tree.read(paths);
    return new Map([...files].map(([path, bytes]) => [path, { ok: true, text: decode(bytes) }]));
  } catch (error) {
    if (error instanceof Refusal) return new Map();
    throw error;
  }
}

async function readOne(tree: RepositoryTree, path: string): Promise<ReadAnswer> {
  try {
    const files = await tree.read([path]);
    return { ok: true, text: decode(files.get(path)) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: 'failed', message: error.message };
    throw error;
  }
}

/** Takes a byte order mark away, too. */
function decode(bytes: Buffer | undefined): string {
  return new TextDecoder().decode(bytes);
}
