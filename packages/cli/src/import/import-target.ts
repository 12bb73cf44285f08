import { existsSync } from 'node:fs';
import { Failure } from '../failure.ts';

/** What a word on the command line means. */
export type ImportTarget =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'repository'; readonly url: string }
  | { readonly kind: 'location'; readonly url: string };

const SCP_FORM = /^[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:(?!\/\/)[^\s]+$/;
const REPOSITORY_PAGE =
  /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[^/]+\/[^/]+\/?$/;

/** A path wins where there is one; then what can be cloned; any other URL is a file for the server to read. */
export function importTarget(word: string): ImportTarget {
  if (existsSync(word)) return { kind: 'path', path: word };
  if (word.startsWith('-') || word.includes('::')) {
    throw new Failure(`${word} is neither a path nor an address that can be imported.`, { exitCode: 2 });
  }
  if (SCP_FORM.test(word)) return { kind: 'repository', url: word };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(word)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'path', path: word };
  const isWeb = scheme === 'https' || scheme === 'http';
  if (scheme === 'ssh' || scheme === 'file' || (isWeb && (/\.git\/?$/.test(word) || REPOSITORY_PAGE.test(word)))) {
    return { kind: 'repository', url: word };
  }
  if (isWeb) return { kind: 'location', url: word };
  throw new Failure(`${word}: addresses begin with https:, ssh: or file:.`, { exitCode: 2 });
}
