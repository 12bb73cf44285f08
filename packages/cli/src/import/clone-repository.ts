import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRootUrl } from '@gantry/core/backstage';
import { Failure } from '../failure.ts';

export interface ClonedRepository {
  readonly folder: string;
  /** The address without any password, which names the source. */
  readonly url: string;
  /** The location its paths start from. */
  readonly base: string;
}

/**
 * Nothing in a URL or in what is cloned may run a program: no `ext::` helpers, no hooks, no submodules, no filters, and
 * no question at a prompt that nobody sees.
 */
const careful = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.symlinks=false', '-c', 'filter.lfs.required=false'];
const environment = { GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'https:http:ssh:file', GIT_LFS_SKIP_SMUDGE: '1' };

/**
 * Clones the newest commit of a repository's usual branch into a temporary folder, with the `git` program and so with
 * the keys and helpers of whoever runs this; the folder is there as long as `work` takes.
 */
export async function withClone<T>(url: string, work: (repository: ClonedRepository) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-import-'));
  try {
    const options = ['--depth=1', '--single-branch', '--no-tags', '--no-recurse-submodules', '--quiet'];
    await git([...careful, 'clone', ...options, '--', url, folder], url);
    const branch = await git(['-C', folder, 'symbolic-ref', '--short', 'HEAD'], url);
    const shown = withoutPassword(url);
    const root = repositoryRootUrl(shown, branch.trim());
    return await work({ folder, url: shown, base: root ? `url:${root}` : `git:${shown}/` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function git(words: string[], url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    let said = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing =
        'git is not installed, and importing a repository needs it. Install git, or import a folder you have.';
      reject(error.code === 'ENOENT' ? new Failure(missing, { cause: error }) : error);
    });
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(new Failure(`${withoutPassword(url)} cannot be cloned. git says: ${withoutSecrets(said.trim(), url)}`));
    });
  });
}

const CREDENTIALS = /^([a-z][a-z0-9+.-]*:\/\/)([^/]*)@/i;

/** The address without whatever stands before the host; of an SSH address only the password goes, its user is part of it. */
export function withoutPassword(url: string): string {
  return url.replace(CREDENTIALS, (_, scheme: string, user: string) =>
    scheme.toLowerCase() === 'ssh://' ? `${scheme}${user.split(':')[0]}@` : scheme,
  );
}

/** git repeats the address in other words now and then. */
function withoutSecrets(text: string, url: string): string {
  const secret = CREDENTIALS.exec(url)?.[2];
  return secret ? text.replaceAll(`${secret}@`, '') : text;
}
