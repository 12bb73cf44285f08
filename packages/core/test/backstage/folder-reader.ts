import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { IngestReader, Unreadable } from '../../src/backstage/source/reader.ts';

/** Reads a folder of the disk for tests; targets are paths below it. */
export function folderReader(folder: string): IngestReader {
  return {
    async read(target) {
      const path = join(folder, target);
      if (!existsSync(path) || !statSync(path).isFile()) return absent(target);
      return { ok: true, text: readFileSync(path, 'utf8') };
    },
    async glob(pattern) {
      const targets = globSync(pattern, { cwd: folder }).sort();
      return { ok: true, targets };
    },
    resolve(base, reference) {
      if (/^https?:/.test(reference)) return { ok: true, target: reference };
      const target = posix.join(posix.dirname(base), reference);
      if (target.startsWith('..')) return { ok: false, reason: 'refused', message: `${reference} leaves the folder` };
      return { ok: true, target };
    },
    locate: (target) => (/^https?:/.test(target) ? `url:${target}` : `file:${target}`),
  };
}

function absent(target: string): Unreadable {
  return { ok: false, reason: 'absent', message: `${target} is not there` };
}
