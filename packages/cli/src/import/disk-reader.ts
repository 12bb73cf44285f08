import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { globMatcher, type IngestReader, type ReadAnswer, resolvePath, resolveUrl } from '@gantry/core/backstage';
import { isInside, walkFolder } from './walk-folder.ts';

const MOST_BYTES = 5_000_000;

const overTheWeb = { ok: false, reason: 'failed', message: 'URLs are read by the server' } as const;

/** What was read of a folder, and what was there but not taken. */
export interface Collected {
  readonly files: Map<string, string>;
  readonly unread: Map<string, string>;
}

/**
 * Reads files below `cage` (a real path) and nothing outside of it, whatever links and paths say, and collects what it
 * read. Walking with this reader gathers exactly the files that the same walk will ask the bundle for.
 */
export function diskReader(cage: string): { reader: IngestReader; collected: Collected } {
  const collected: Collected = { files: new Map(), unread: new Map() };
  const isUrl = (target: string) => /^[a-z][a-z0-9+.-]*:/i.test(target);

  const read = async (target: string): Promise<ReadAnswer> => {
    if (isUrl(target)) return overTheWeb;
    const known = collected.files.get(target);
    if (known !== undefined) return { ok: true, text: known };
    const answer = await readInside(cage, target);
    if (answer.ok) collected.files.set(target, answer.text);
    else if (answer.reason !== 'absent') collected.unread.set(target, answer.message);
    return answer;
  };

  const reader: IngestReader = {
    read,
    async glob(pattern) {
      if (isUrl(pattern)) return overTheWeb;
      const wildcard = pattern.search(/[*?{]/);
      const folder = pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', wildcard)));
      return { ok: true, targets: (await walkFolder(cage, folder)).filter(globMatcher(pattern)) };
    },
    resolve: (base, reference) =>
      isUrl(base) || isUrl(reference) ? resolveUrl(base, reference) : resolvePath(base, reference),
    locate: (target) => (isUrl(target) ? `url:${target}` : `file:${target}`),
  };
  return { reader, collected };
}

async function readInside(cage: string, target: string): Promise<ReadAnswer> {
  const path = join(cage, target);
  try {
    const real = await realpath(path);
    if (!isInside(cage, real)) return refused(`${target} is a link that leads out of the folder`);
    const { size, isFile } = await describe(real);
    if (!isFile) return refused(`${target} is not a file`);
    if (size > MOST_BYTES) return refused(`${target} is larger than ${MOST_BYTES / 1_000_000} MB`);
    return { ok: true, text: await readFile(real, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { ok: false, reason: 'absent', message: `${target} does not exist` };
    if (code === 'EACCES' || code === 'EPERM' || code === 'ELOOP')
      return refused(`${target} may not be read (${code})`);
    throw error;
  }
}

async function describe(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

function refused(message: string): ReadAnswer {
  return { ok: false, reason: 'refused', message };
}
