import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Body, createImport } from '@gantry/contract';
import { ingest } from '@gantry/core/backstage';
import { Failure } from '../failure.ts';
import { diskReader } from './disk-reader.ts';
import { findEntries } from './find-entries.ts';

export type Bundle = Body<typeof createImport>;

export interface CollectOptions {
  /** Take every file that looks like an entity, not only those of Backstage. */
  readonly all: boolean;
  /** How the source and its files are known, when not by their path. */
  readonly known?: { readonly root: string; readonly base: string };
}

const MOST_BYTES = 200_000_000;

/**
 * Gathers a file or folder with everything its Locations and placeholders point at on this machine. Reading never
 * leaves the Git work tree around it, or the folder itself where there is none.
 */
export async function collectBundle(path: string, { all, known }: CollectOptions): Promise<Bundle> {
  const start = await realPathOf(path);
  const isFolder = (await stat(start)).isDirectory();
  const cage = workTreeAround(isFolder ? start : dirname(start));
  const inside = relative(cage, start).split(sep).join('/');

  // One reader looks for entries, another follows them: only what the walk reads is sent.
  const entries = isFolder ? await findEntries(cage, inside, diskReader(cage).reader.read, { all }) : [inside];
  if (entries.length === 0) {
    const advice = all ? '' : ' Use --all to take every YAML file with apiVersion, kind and metadata.';
    throw new Failure(`There is no catalog-info.yaml and no other Backstage file below ${path}.${advice}`);
  }
  const { reader, collected } = diskReader(cage);
  await ingest(entries, reader);
  refuseTooLarge(path, collected.files.values());
  return {
    root: known?.root ?? `file:${start}`,
    base: known?.base ?? `file:${cage.endsWith(sep) ? cage : cage + sep}`,
    entries,
    files: [...collected.files].map(([file, text]) => ({ path: file, text })),
    unread: [...collected.unread].map(([file, message]) => ({ path: file, message })),
  };
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(resolve(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no such file or folder' : `It cannot be read (${code})`;
    throw new Failure(`${path}: ${why}.`, { cause: error });
  }
}

function workTreeAround(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

function refuseTooLarge(path: string, texts: Iterable<string>): void {
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return;
  throw new Failure(
    `${path} holds ${Math.round(bytes / 1_000_000)} MB of catalog files, more than one import takes. Import its folders one by one.`,
  );
}
