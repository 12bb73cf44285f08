import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@gantry/core';
import { checkUrl, portOf } from '../check-url.ts';
import type { Outbound, OutboundAnswer } from '../outbound.ts';
import { gitEnvironment, runGit } from './git-process.ts';
import { type RepositoryTree, readTree } from './repository-tree.ts';

export interface RepositoryLimits {
  /** Largest clone, in bytes on disk. */
  readonly maxBytes: number;
  /** Larger files are not fetched at all, where the server can leave them out, and never read. */
  readonly maxFileBytes: number;
  /** For everything, from the first question to the last file, in milliseconds. */
  readonly timeoutMs: number;
}

const defaults: RepositoryLimits = { maxBytes: 512 * 1024 * 1024, maxFileBytes: 5 * 1024 * 1024, timeoutMs: 120_000 };

/** `http.curloptResolve`, by which the checked address is the one git dials, came with this version. */
const OLDEST_GIT: readonly [number, number] = [2, 37];

/**
 * Clones one commit of a repository that somebody named, hands its files to `use`, and removes every trace.
 *
 * The repository's place is found and checked by our own client (redirects included), and git is then told the checked
 * address and forbidden to go anywhere else: no redirect, no other protocol, no submodule, no hook, no prompt. Throws
 * `invalid_request` for a refused place and `remote_failed` for one that does not hold a readable repository.
 */
export async function withRepository<T>(
  outbound: Outbound,
  wanted: {
    readonly url: string;
    readonly branch?: string;
    readonly limits?: Partial<RepositoryLimits>;
    readonly signal?: AbortSignal;
  },
  use: (tree: RepositoryTree) => Promise<T>,
): Promise<T> {
  const limits = { ...defaults, ...wanted.limits };
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, deadline]) : deadline;
  const scratch = await mkdtemp(join(tmpdir(), 'gantry-git-'));
  try {
    const place = await findPlace(outbound, wanted.url, signal);
    const environment = await environmentFor(outbound, place, scratch);
    await checkVersion(environment, signal);
    const folder = join(scratch, 'repository');
    await clone({ place, folder, environment, signal, limits, ...(wanted.branch ? { branch: wanted.branch } : {}) });
    const offline = { ...environment, GIT_ALLOW_PROTOCOL: '' };
    return await use(await readTree({ folder, environment: offline, signal, maxBytes: limits.maxBytes }));
  } catch (error) {
    if (deadline.aborted && !(error instanceof Refusal)) {
      throw new Refusal('remote_failed', `${wanted.url} could not be cloned within ${limits.timeoutMs / 1000} s.`);
    }
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Whether a Git server of today answers at this URL. @throws Refusal when the place may not be asked or is out of reach */
export async function answersAsRepository(outbound: Outbound, url: string, signal: AbortSignal): Promise<boolean> {
  return isRepository(await askForRefs(outbound, url, signal));
}

/** Where the repository really is, after redirects; the answer must be that of a Git server of today. */
async function findPlace(outbound: Outbound, url: string, signal: AbortSignal): Promise<URL> {
  const answer = await askForRefs(outbound, url, signal);
  if ([401, 403, 404].includes(answer.status)) {
    const message = `${url} is not a public Git repository (status ${answer.status}): it does not exist or asks for a password.`;
    throw new Refusal('remote_failed', message);
  }
  if (!isRepository(answer)) {
    const remedy = 'Give the URL you would clone, or that of a catalog file.';
    throw new Refusal(
      'remote_failed',
      `${url} does not answer as a Git repository (status ${answer.status}). ${remedy}`,
    );
  }
  const found = new URL(answer.url);
  return new URL(found.pathname.slice(0, -REFS.length), found.origin);
}

const REFS = '/info/refs';

async function askForRefs(outbound: Outbound, url: string, signal: AbortSignal): Promise<OutboundAnswer> {
  checkUrl(url, outbound.allowHosts);
  return outbound.send({
    url: `${url.replace(/\/+$/, '')}${REFS}?service=git-upload-pack`,
    headers: { 'git-protocol': 'version=2' },
    headersOnly: true,
    signal,
  });
}

function isRepository({ status, url, headers }: OutboundAnswer): boolean {
  const isSmart = headers['content-type']?.startsWith('application/x-git-upload-pack-advertisement') ?? false;
  return status === 200 && isSmart && new URL(url).pathname.endsWith(REFS);
}

/**
 * The commit that a branch (the default one unless said) is at now; null when there is no such branch. Costs two small
 * requests, so that an unchanged repository need not be cloned.
 */
export async function remoteCommit(
  outbound: Outbound,
  wanted: { readonly url: string; readonly branch?: string; readonly signal: AbortSignal },
): Promise<string | null> {
  const place = await findPlace(outbound, wanted.url, wanted.signal);
  const environment = await environmentFor(outbound, place, tmpdir());
  await checkVersion(environment, wanted.signal);
  const ref = wanted.branch === undefined ? 'HEAD' : `refs/heads/${wanted.branch}`;
  const outcome = await runGit({ args: ['ls-remote', '--', place.href, ref], environment, signal: wanted.signal });
  if (outcome.code !== 0) throw failedClone(place, wanted.branch, outcome.complaint);
  return /^[0-9a-f]{40,}/.exec(outcome.output.toString())?.[0] ?? null;
}

async function environmentFor(outbound: Outbound, place: URL, home: string): Promise<Record<string, string>> {
  const addresses = await outbound.resolve(place);
  return gitEnvironment({
    home,
    protocols: [place.protocol.slice(0, -1)],
    settings: {
      ...(addresses.length > 0 && {
        'http.curloptResolve': `${place.hostname}:${portOf(place)}:${addresses.join(',')}`,
      }),
      'http.followRedirects': 'false',
      'http.lowSpeedLimit': '500',
      'http.lowSpeedTime': '15',
      'core.hooksPath': '/dev/null',
      'core.symlinks': 'false',
      'submodule.recurse': 'false',
      'transfer.bundleURI': 'false',
      'gc.auto': '0',
      'maintenance.auto': 'false',
    },
  });
}

async function checkVersion(environment: Record<string, string>, signal: AbortSignal): Promise<void> {
  const { output } = await runGit({ args: ['--version'], environment, signal });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(output.toString()) ?? []).slice(1).map(Number);
  if (major < OLDEST_GIT[0] || (major === OLDEST_GIT[0] && minor < OLDEST_GIT[1])) {
    throw new Refusal(
      'unavailable',
      `git ${major}.${minor} is too old to clone safely; install git ${OLDEST_GIT.join('.')} or newer.`,
    );
  }
}

interface Clone {
  readonly place: URL;
  readonly branch?: string;
  readonly folder: string;
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal;
  readonly limits: RepositoryLimits;
}

async function clone({ place, branch, folder, environment, signal, limits }: Clone): Promise<void> {
  const tooLarge = new AbortController();
  const measure = async (): Promise<void> => {
    if ((await folderSize(folder)) <= limits.maxBytes) return;
    const message = `${place.href} is larger than ${limits.maxBytes} bytes; nothing of it was used.`;
    tooLarge.abort(new Refusal('remote_failed', message));
  };
  const watch = setInterval(measure, 100);
  try {
    const shape = [
      '--bare',
      '--depth',
      '1',
      '--single-branch',
      '--no-tags',
      '--no-recurse-submodules',
      '--template=',
      '--progress',
    ];
    const wanted = [
      `--filter=blob:limit=${limits.maxFileBytes}`,
      ...(branch === undefined ? [] : ['--branch', branch]),
    ];
    const args = ['clone', ...shape, ...wanted, '--', place.href, folder];
    const outcome = await runGit({ args, environment, signal: AbortSignal.any([signal, tooLarge.signal]) });
    if (outcome.code !== 0) throw failedClone(place, branch, outcome.complaint);
    await measure();
    tooLarge.signal.throwIfAborted();
    // Without its remote the clone is an ordinary one: a file left out is missing instead of fetched behind our back.
    for (const section of ['remote.origin', 'extensions']) {
      await runGit({ args: ['--git-dir', folder, 'config', '--remove-section', section], environment, signal });
    }
  } finally {
    clearInterval(watch);
  }
}

function failedClone(place: URL, branch: string | undefined, complaint: string): Refusal {
  if (branch !== undefined && complaint.includes('Remote branch')) {
    return new Refusal('remote_failed', `${place.href} has no branch or tag ${branch}.`);
  }
  const said = complaint.split('\n').findLast((line) => line.startsWith('fatal:')) ?? '';
  return new Refusal('remote_failed', `${place.href} could not be cloned. ${said.slice(0, 300)}`.trimEnd());
}

/** Bytes below a folder; a file that vanishes while it is counted counts nothing. */
async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (found) => found.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
