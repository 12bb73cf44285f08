import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedPostgresError } from './problem.ts';

/** Held for as long as this process lives, or until released. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process alone.
 *
 * The lock is one the kernel holds, so that it ends with the process however it dies, and holds between containers that share
 * a folder, where process numbers mean nothing. Node has no call for such a lock; SQLite, which is part of Node, takes one.
 * Beside it lies a note for the message: who holds it.
 * @throws EmbeddedPostgresError when another Gantry has it
 */
export function lockFolder(folder: string): FolderLock {
  const note = join(folder, 'gantry.pid');
  const lock = openLock(folder, note);
  writeFileSync(note, `${process.pid}\n${new Date().toISOString()}\n`);
  return {
    release() {
      rmSync(note, { force: true });
      if (lock.isOpen) lock.close();
    },
  };
}

const sqliteCodes: Record<number, string> = { 8: 'EROFS', 13: 'ENOSPC', 14: 'EACCES' };
const sqliteBusy = 5;
/** In milliseconds: a Gantry that has just been killed may still be letting go. */
const patience = 2000;

function openLock(folder: string, note: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, 'gantry.lock'), { timeout: patience });
    lock.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
    if (code === sqliteBusy) throw alreadyTaken(folder, note);
    // In the words of the file system, which are explained in one place.
    throw sqliteCodes[code]
      ? Object.assign(new Error(String(error), { cause: error }), { code: sqliteCodes[code] })
      : error;
  }
}

function alreadyTaken(folder: string, note: string): EmbeddedPostgresError {
  const [pid, since] = readNote(note);
  return new EmbeddedPostgresError(
    `Another Gantry${pid ? ` (process ${pid}, started ${since})` : ''} is using the data folder ${folder}. ` +
      `Stop it first${pid ? ` (kill ${pid})` : ''}, or give this one a folder of its own with GANTRY_DATA_DIR.`,
  );
}

function readNote(note: string): string[] {
  try {
    return readFileSync(note, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
