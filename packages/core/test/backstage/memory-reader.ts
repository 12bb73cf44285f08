import { posix } from 'node:path';
import type { IngestReader } from '../../src/backstage/source/reader.ts';
import { resolveUrl } from '../../src/backstage/source/scm-url.ts';

/** Files by path or URL. Counts how often each was read. */
export function memoryReader(files: Record<string, string>): IngestReader & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    async read(target) {
      reads.push(target);
      const text = files[target];
      if (text === undefined) return { ok: false, reason: 'absent', message: `${target} is not there` };
      return text === 'FAIL' ? { ok: false, reason: 'failed', message: 'the host did not answer' } : { ok: true, text };
    },
    async glob(pattern) {
      const targets = Object.keys(files).filter((path) => posix.matchesGlob(path, pattern));
      return { ok: true, targets: targets.sort() };
    },
    resolve(base, reference) {
      if (/^https?:/.test(base) || /^[a-z]+:/.test(reference)) return resolveUrl(base, reference);
      const target = posix.join(posix.dirname(base), reference);
      if (target.startsWith('..')) return { ok: false, reason: 'refused', message: `${reference} leaves the folder` };
      return { ok: true, target };
    },
    locate: (target) => (/^https?:/.test(target) ? `url:${target}` : `file:${target}`),
  };
}
