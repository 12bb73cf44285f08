import { CannotStart } from '../../cannot-start.ts';

/** The embedded PostgreSQL cannot run: the message says what, why, and what to do about it. */
export class EmbeddedPostgresError extends CannotStart {
  override readonly name = 'EmbeddedPostgresError';
}

/** What people see when the file system says no. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new EmbeddedPostgresError(
      `Gantry may not write to its data folder (${path}): ${code === 'EROFS' ? 'the file system is read-only' : 'permission denied'}. ` +
        'Give the user that runs Gantry write access to it, or point GANTRY_DATA_DIR at another folder.',
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EmbeddedPostgresError(
      `The disk that holds the data folder (${path}) is full. Free some space, then start Gantry again; nothing stored is lost.`,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new EmbeddedPostgresError(
      `${path} cannot be used as a data folder: a file is in the way. Set GANTRY_DATA_DIR to a folder.`,
    );
  }
  return error;
}

const logSigns: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|could not (?:write|extend).*(?:space|quota)/i,
    'the disk is full. Free some space, then start Gantry again; nothing stored is lost.',
  ],
  [
    /could not (?:open|create|access).*Permission denied/i,
    'it may not read or write its own files. Give them back to the owner of the data folder (chown -R), then start Gantry again.',
  ],
  [
    /database files are incompatible with server/i,
    'the data folder was made by another major version of PostgreSQL. Start the Gantry that made it, export with `gantry backup`, and restore into a new data folder.',
  ],
  [
    /could not create shared memory segment|could not map anonymous shared memory/i,
    'the machine has too little shared memory left. Free some memory, then start Gantry again.',
  ],
  [
    /invalid (?:primary )?checkpoint record|could not locate a valid checkpoint|incorrect checksum in control file|PANIC: .*could not read/i,
    'its files are damaged. Restore a backup into a new data folder (GANTRY_DATA_DIR).',
  ],
];

/** Turns the last lines of PostgreSQL's log into a message for the person who started Gantry. */
export function explainLog(lastLines: string, logFile: string): EmbeddedPostgresError {
  const sign = logSigns.find(([pattern]) => pattern.test(lastLines));
  const reason = sign ? sign[1] : `it said:\n${lastLines.trim() || '(nothing)'}\n`;
  return new EmbeddedPostgresError(`The embedded PostgreSQL did not start: ${reason} Its log is ${logFile}.`);
}
