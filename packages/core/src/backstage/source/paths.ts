import type { ResolveAnswer } from './reader.ts';

/**
 * Makes a path absolute below the root of a bundle. Separators are slashes; a leading one means the root. Paths that
 * climb above the root are refused.
 */
export function resolvePath(base: string, reference: string): ResolveAnswer {
  const start = reference.startsWith('/') ? [] : base.split('/').slice(0, -1);
  const parts: string[] = [];
  for (const part of [...start, ...reference.replaceAll('\\', '/').split('/')]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) {
      const message = `${reference} climbs out of the folder that is being read`;
      return { ok: false, reason: 'refused', message, remedy: 'Name a file inside it, or import the folder above.' };
    }
  }
  return { ok: true, target: parts.join('/') };
}
