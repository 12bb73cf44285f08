import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, canReach, namedAccount } from './account.ts';
import { EmbeddedPostgresError } from './problem.ts';

export const superuser = 'gantry';

/** A folder as PostgreSQL is told of it, and the open descriptor that may stand behind that. */
export interface FolderHandle {
  readonly path: string;
  readonly descriptor: number | 'ignore';
  close(): void;
}

/**
 * Lets `account` use a folder below one that it may not enter, such as /root: the folder is opened here, and handed on as descriptor 4.
 * /proc/self/fd/4 leads a process and its children straight to it, past the parents. Elsewhere the path itself is used.
 * @throws EmbeddedPostgresError where there is no /proc
 */
export function openFor(account: Account | undefined, folder: string): FolderHandle {
  if (!account || canReach(account, folder)) return { path: folder, descriptor: 'ignore', close() {} };
  if (process.platform !== 'linux') {
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and an ordinary account may not enter ${folder}. ` +
        'Start Gantry as an ordinary user, or point GANTRY_DATA_DIR at a folder everybody may enter, such as /var/lib/gantry.',
    );
  }
  const descriptor = openSync(folder, 'r');
  return { path: '/proc/self/fd/4', descriptor, close: () => closeSync(descriptor) };
}

/**
 * Makes the cluster in `folder` and gives it to `account`. It is made beside its place and moved there when whole, so that an
 * interrupted attempt leaves nothing behind that looks like a database.
 */
export function createCluster(binaries: string, folder: string, password: string, account: Account | undefined): void {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  initialise(binaries, unfinished, password, account && namedAccount);
  if (account) handOver(unfinished, account);
  renameSync(unfinished, folder);
}

export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

function initialise(binaries: string, folder: string, password: string, account: Account | undefined): void {
  const scratch = mkdtempSync(join(reachableTemp(account), 'gantry-init-'));
  const passwordFile = join(scratch, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [folder, scratch, passwordFile]) chownSync(path, account.uid, account.gid);
  const handle = openFor(account, folder);
  try {
    const { status, stderr, error } = spawnSync(
      join(binaries, 'bin', 'initdb'),
      initArguments(handle.path, passwordFile),
      {
        ...account,
        cwd: '/',
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe', 'ignore', handle.descriptor],
      },
    );
    if (status !== 0) throw new EmbeddedPostgresError(explainFailure(error ?? stderr, folder));
  } finally {
    handle.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function initArguments(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorting and casing that are the same on every machine and need no library of the system.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
}

function explainFailure(said: unknown, folder: string): string {
  const words = said instanceof Error ? said.message : String(said).trim();
  if (/No space left/.test(words)) {
    return `The disk that holds the data folder (${folder}) is full. Free some space, then start Gantry again.`;
  }
  return `The embedded PostgreSQL could not be set up in ${folder}: ${words}. ${remedyFor(words)}`;
}

function remedyFor(words: string): string {
  if (/EPERM|EINVAL/.test(words)) {
    return 'Here, root may not become another user: start Gantry as an ordinary user, or set GANTRY_DATABASE_URL.';
  }
  if (/could not look up effective user/.test(words)) {
    return 'PostgreSQL wants its user to have a name: add one to /etc/passwd, run Gantry as a user that has one, or set GANTRY_DATABASE_URL.';
  }
  return 'Mend that, or set GANTRY_DATABASE_URL to a PostgreSQL of your own.';
}

function handOver(folder: string, account: Account): void {
  lchownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), account.uid, account.gid);
  }
}

/** A temporary folder short enough for a socket's path, that `account` may enter. */
export function reachableTemp(account: Account | undefined): string {
  const own = tmpdir();
  const longestForSocket = 70;
  const isFit = own.length <= longestForSocket && existsSync(own) && (!account || canReach(account, own));
  return isFit ? own : '/tmp';
}
