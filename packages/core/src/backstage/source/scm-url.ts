import type { ResolveAnswer } from './reader.ts';

/** A file or folder of a Git repository, as the web page of its host names it. */
export interface ScmUrl {
  /** `host/owner/name`; GitLab groups may be nested. */
  readonly repository: string;
  readonly ref: string;
  /** Path inside the repository, without a leading slash. */
  readonly path: string;
  /** The URL of another view of the same path. */
  readonly raw: string;
  readonly edit: string;
}

/**
 * The ways hosts write such URLs. `parts` finds repository, ref and path in the URL's path; a ref that holds a slash
 * cannot be told from a folder and is taken to end at its first slash, as everybody does.
 */
const dialects: { parts: RegExp; raw: (url: URL) => string; edit: (url: URL) => string }[] = [
  {
    // GitLab. First, because its paths also look like GitHub's.
    parts: /^\/(?<repository>.+?)\/-\/(?:blob|tree|raw|edit)\/(?<ref>[^/]+)\/?(?<path>.*)$/,
    raw: (url) => swap(url, /\/-\/(?:blob|tree|edit)\//, '/-/raw/'),
    edit: (url) => swap(url, /\/-\/(?:blob|tree|raw)\//, '/-/edit/'),
  },
  {
    // GitHub and GitHub Enterprise.
    parts: /^\/(?<repository>[^/]+\/[^/]+)\/(?:blob|tree|raw|edit)\/(?<ref>[^/]+)\/?(?<path>.*)$/,
    raw: (url) =>
      url.hostname === 'github.com'
        ? `https://raw.githubusercontent.com${url.pathname.replace(/^(\/[^/]+\/[^/]+)\/(?:blob|tree|raw|edit)\//, '$1/')}`
        : swap(url, /^(\/[^/]+\/[^/]+)\/(?:blob|tree|edit)\//, '$1/raw/'),
    edit: (url) => swap(url, /^(\/[^/]+\/[^/]+)\/(?:blob|tree|raw)\//, '$1/edit/'),
  },
  {
    // Gitea and Forgejo.
    parts: /^\/(?<repository>[^/]+\/[^/]+)\/(?:src|raw|_edit)\/(?:branch|tag|commit)\/(?<ref>[^/]+)\/?(?<path>.*)$/,
    raw: (url) => swap(url, /^(\/[^/]+\/[^/]+)\/(?:src|_edit)\//, '$1/raw/'),
    edit: (url) => swap(url, /^(\/[^/]+\/[^/]+)\/(?:src|raw)\/branch\//, '$1/_edit/'),
  },
  {
    // Bitbucket Cloud.
    parts: /^\/(?<repository>[^/]+\/[^/]+)\/(?:src|raw)\/(?<ref>[^/]+)\/?(?<path>.*)$/,
    raw: (url) => swap(url, /^(\/[^/]+\/[^/]+)\/src\//, '$1/raw/'),
    edit: (url) => `${swap(url, /^(\/[^/]+\/[^/]+)\/raw\//, '$1/src/')}?mode=edit`,
  },
];

function swap(url: URL, pattern: RegExp, replacement: string): string {
  return `${url.origin}${url.pathname.replace(pattern, replacement)}`;
}

/** Reads a URL as a place in a repository; undefined when it does not look like one. */
export function parseScmUrl(text: string): ScmUrl | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  for (const { parts, raw, edit } of dialects) {
    const { repository, ref, path } = parts.exec(url.pathname)?.groups ?? {};
    if (repository === undefined || ref === undefined || path === undefined) continue;
    return { repository: `${url.host}/${repository}`, ref, path, raw: raw(url), edit: edit(url) };
  }
  return undefined;
}

/**
 * Makes a reference absolute against the URL of the file that holds it. In a repository, `/x` means the root of that
 * repository, and a relative reference may not leave it (or the branch it was read from).
 */
export function resolveUrl(base: string, reference: string): ResolveAnswer {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return absolute(reference);
  const from = parseScmUrl(base);
  const up =
    from?.path
      .split('/')
      .slice(0, -1)
      .map(() => '../')
      .join('') ?? '';
  const relative = from && reference.startsWith('/') ? `${up}.${reference}` : reference;
  if (!URL.canParse(relative, base)) {
    return {
      ok: false,
      reason: 'refused',
      message: `${reference} is no path`,
      remedy: 'Write a relative path or a URL.',
    };
  }
  const target = new URL(relative, base).href;
  const to = parseScmUrl(target);
  if (from && (to?.repository !== from.repository || to.ref !== from.ref)) {
    const message = `${reference} climbs out of the repository ${from.repository}`;
    return {
      ok: false,
      reason: 'refused',
      message,
      remedy: 'Name a file inside the repository, or write its full URL.',
    };
  }
  return { ok: true, target };
}

function absolute(reference: string): ResolveAnswer {
  if (/^https?:/i.test(reference) && URL.canParse(reference)) return { ok: true, target: new URL(reference).href };
  const message = `${reference} is not an address that can be read`;
  return { ok: false, reason: 'refused', message, remedy: 'Use an https: URL or a relative path.' };
}

const COMMIT = /\b[0-9a-f]{40,}\b/;

/** Where the file can be edited; undefined outside repositories and for a file pinned to a commit. */
export function editUrlOf(url: string): string | undefined {
  return COMMIT.test(url) ? undefined : parseScmUrl(url)?.edit;
}

/** The folder a file lies in, with a trailing slash; undefined outside repositories. */
export function folderUrlOf(url: string): string | undefined {
  return parseScmUrl(url) ? new URL('./', url).href.replace('/blob/', '/tree/') : undefined;
}

/**
 * The URL of a repository's root as its host shows it, from the URL one clones by; the counterpart of `parseScmUrl`.
 * Undefined for hosts whose pages are not known.
 */
export function repositoryRootUrl(cloneUrl: string, branch: string): string | undefined {
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(cloneUrl);
  const url = scp ? `https://${scp[1]}/${scp[2]}` : cloneUrl;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, protocol } = new URL(url);
  if (!['https:', 'http:', 'ssh:'].includes(protocol)) return undefined;
  const view = views.find(([host]) => host.test(hostname))?.[1];
  return view && `https://${hostname}${pathname.replace(/\/?(?:\.git)?\/?$/, '')}/${view}/${branch}/`;
}

const views: [RegExp, string][] = [
  [/(^|\.)github\./, 'blob'],
  [/(^|\.)gitlab\./, '-/blob'],
  [/^bitbucket\.org$/, 'src'],
  [/^codeberg\.org$|(^|\.)(gitea|forgejo)\./, 'src/branch'],
];
