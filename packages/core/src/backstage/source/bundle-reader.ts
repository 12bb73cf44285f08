import { globMatcher } from './glob.ts';
import { isWebUrl } from './location-ref.ts';
import { resolvePath } from './paths.ts';
import type { IngestReader, Unreadable } from './reader.ts';
import { parseScmUrl, resolveUrl } from './scm-url.ts';

/** Files that somebody read elsewhere, whole. Paths are relative to `base` and never climb out of it. */
export interface FileBundle {
  /** The location of the folder the paths start from: `file:/home/me/repo/`, or `url:https://host/o/r/blob/main/`. */
  readonly base: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files that are there and were not taken, and why. What is in neither list is absent. */
  readonly unread?: readonly { readonly path: string; readonly message: string }[];
}

/** Reads URLs; for a bundle, whatever lies outside of it. */
export type UrlReader = Pick<IngestReader, 'read' | 'glob'>;

/**
 * Reads a bundle. Its files are all it can reach by path; URLs are the business of `web`. When the bundle is a
 * repository, URLs that point into the same branch of it are its own files.
 */
export function bundleReader(bundle: FileBundle, web: UrlReader): IngestReader {
  const texts = new Map(bundle.files.map(({ path, text }) => [path, text]));
  const unread = new Map((bundle.unread ?? []).map(({ path, message }) => [path, message]));
  const paths = [...texts.keys(), ...unread.keys()].sort();
  const ownUrl = bundle.base.startsWith('url:') ? bundle.base.slice('url:'.length) : undefined;

  return {
    async read(target) {
      if (isWebUrl(target)) return web.read(target);
      const text = texts.get(target);
      if (text !== undefined) return { ok: true, text };
      const message = unread.get(target);
      return message === undefined ? absent(target) : { ok: false, reason: 'refused', message };
    },
    async glob(pattern) {
      if (isWebUrl(pattern)) return web.glob(pattern);
      return { ok: true, targets: paths.filter(globMatcher(pattern)) };
    },
    resolve(from, reference) {
      if (!isWebUrl(from) && !/^[a-z][a-z0-9+.-]*:/i.test(reference)) return resolvePath(from, reference);
      const resolved = resolveUrl(isWebUrl(from) ? from : (ownUrl ?? from), reference);
      const own = resolved.ok && ownUrl ? ownPath(resolved.target, ownUrl) : undefined;
      return own === undefined ? resolved : { ok: true, target: own };
    },
    locate: (target) => (isWebUrl(target) ? `url:${target}` : `${bundle.base}${target}`),
  };
}

function ownPath(target: string, base: string): string | undefined {
  const there = parseScmUrl(target);
  const here = parseScmUrl(base);
  if (!there || there.repository !== here?.repository || there.ref !== here.ref) return undefined;
  return there.path.startsWith(here.path) ? there.path.slice(here.path.length) : undefined;
}

function absent(target: string): Unreadable {
  return { ok: false, reason: 'absent', message: `${target} does not exist` };
}
