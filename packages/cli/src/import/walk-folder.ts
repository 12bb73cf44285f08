import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Failure } from '../failure.ts';

const skipped = new Set(['.git', 'node_modules']);
const MOST_FILES = 500_000;

/**
 * Every file below `folder`, as paths relative to `cage` with slashes, in a stable order. Folders behind symbolic links
 * are not entered, and files behind them count only when they lie inside the cage.
 */
export async function walkFolder(cage: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const entry of await listFolder(join(cage, path))) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) waiting.push(inner);
      } else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFileInside(cage, inner)))) {
        found.push(inner);
      }
    }
    if (found.length > MOST_FILES) {
      throw new Failure(
        `${cage} holds more than ${MOST_FILES} files. Import the folders that hold the catalog one by one.`,
      );
    }
  }
  return found.sort();
}

/** A folder nobody may read holds nothing for us either. */
async function listFolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

async function leadsToFileInside(cage: string, path: string): Promise<boolean> {
  const target = await realpath(join(cage, path)).catch(() => undefined);
  return target !== undefined && isInside(cage, target) && (await stat(target)).isFile();
}

/** Whether a real path lies in a folder. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
