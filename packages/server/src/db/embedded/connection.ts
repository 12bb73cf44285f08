import { chownSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Account } from './account.ts';
import { reachableTemp, superuser } from './cluster.ts';
import { EmbeddedPostgresError } from './problem.ts';

/** How to reach the server, in the words of the `pg` driver. `host` is the folder of its Unix socket. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const fileName = 'postgres.json';

/**
 * Remembers the password, and where the server listens, for people with psql; readable by the folder's owner only. The old file
 * stays until the new one is whole: a full disk must not cost the password.
 */
export function writeConnection(dataDir: string, connection: Connection): void {
  const file = join(dataDir, fileName);
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  const { uid, gid } = statSync(dataDir);
  if (process.getuid?.() === 0) chownSync(unfinished, uid, gid);
  renameSync(unfinished, file);
}

/** Writes down the password of a cluster about to be made. */
export function rememberPassword(dataDir: string, password: string): void {
  writeConnection(dataDir, { host: '', port: 0, user: superuser, password, database: superuser });
}

/** @throws EmbeddedPostgresError when the file that holds the password is gone or broken */
export function readConnection(dataDir: string): Connection {
  try {
    return JSON.parse(readFileSync(join(dataDir, fileName), 'utf8'));
  } catch {
    throw new EmbeddedPostgresError(
      `${join(dataDir, fileName)}, which holds the password of the embedded PostgreSQL, is missing or broken. Put it back from a backup of the data folder.`,
    );
  }
}

/** A place to listen for this run: a fresh private folder for a Unix socket, whose path has to be short. */
export function placeToListen(account: Account | undefined): Pick<Connection, 'host' | 'port'> {
  const host = mkdtempSync(join(reachableTemp(account), socketPrefix));
  if (account) chownSync(host, account.uid, account.gid);
  return { host, port: 5432 };
}

/** Removes the socket's folder, left by this run or by one that was killed. */
export function forgetPlace({ host }: Connection): void {
  if (basename(host).startsWith(socketPrefix)) rmSync(host, { recursive: true, force: true });
}

const socketPrefix = 'gantry-pg-';
