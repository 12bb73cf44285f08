import { parseScmUrl } from '@gantry/core/backstage';

/** Where a registered target leads: to one file, to a repository (or a folder in it), or to something to be found out. */
export type TargetPlace =
  | { readonly kind: 'file'; readonly url: string }
  | { readonly kind: 'repository'; readonly url: string; readonly branch?: string; readonly folder: string }
  | { readonly kind: 'unknown'; readonly url: string };

const CATALOG_NAME = /\.(?:ya?ml|json)$/i;

/** Reads a target the way a person means it: page of a file, page of a folder, clone URL, or plain URL of a file. */
export function placeOf(target: string): TargetPlace {
  const url = new URL(target);
  const scm = parseScmUrl(target);
  if (CATALOG_NAME.test(url.pathname) || /[*?]/.test(url.pathname)) return { kind: 'file', url: target };
  if (scm && /\/(?:tree|src)\//.test(url.pathname)) {
    return {
      kind: 'repository',
      url: repositoryUrl(url, scm.repository),
      branch: scm.ref,
      folder: scm.path.replace(/\/+$/, ''),
    };
  }
  if (scm) return { kind: 'file', url: target };
  if (url.pathname.endsWith('.git')) return { kind: 'repository', url: target, folder: '' };
  return { kind: 'unknown', url: target };
}

/** The clone URL of the repository that an SCM URL points into. */
export function repositoryUrl(url: URL, repository: string): string {
  return `${url.protocol}//${repository}`;
}
