import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '@gantry/core';
import { BadValue, encryptionKeys } from '../../settings.ts';
import { KeyRing } from './key-ring.ts';

export interface KeySettings {
  readonly dataDir: string;
  readonly secretsKey: readonly Buffer[] | undefined;
  readonly secretsKeyFile: string | undefined;
}

/** Where the keys come from. They are read at each use, so that a file changed by one process is known to all. */
export interface KeySource {
  /** In words for people: `the setting …`, `the file …`. */
  readonly name: string;
  /** @throws Refusal `unavailable` saying what is missing and what to do */
  ring(): Promise<KeyRing>;
  /** Only where Gantry keeps the key itself. */
  readonly own?: {
    /** Makes the first key when there is none. */
    ensure(): Promise<void>;
    /** Puts a new key before the others, which still open what they have sealed. */
    renew(): Promise<void>;
    /** Whether others than the owner may read the file. */
    isExposed(): Promise<boolean>;
  };
}

export function keySource({ dataDir, secretsKey, secretsKeyFile }: KeySettings): KeySource {
  if (secretsKey) {
    return { name: 'the setting GANTRY_SECRETS_KEY', ring: async () => new KeyRing(secretsKey) };
  }
  if (secretsKeyFile) return { name: `the file ${secretsKeyFile}`, ring: () => ringIn(secretsKeyFile) };
  const path = join(dataDir, 'secrets.key');
  return {
    name: `the file ${path}`,
    ring: () => ringIn(path),
    own: {
      ensure: () => makeFirst(path),
      renew: () => addKey(path),
      isExposed: async () => ((await stat(path)).mode & 0o077) !== 0,
    },
  };
}

async function ringIn(path: string): Promise<KeyRing> {
  try {
    return new KeyRing(encryptionKeys(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof BadValue ? error.message : 'cannot be read';
    throw new Refusal(
      'unavailable',
      `Secrets cannot be encrypted or read: the key file ${path} ${reason}. Bring it back from a backup, or name the right one with GANTRY_SECRETS_KEY_FILE.`,
      { cause: error },
    );
  }
}

const head =
  '# The keys of the secrets in the database, newest first. Without this file nobody can read them: keep a copy.\n';
const newKey = () => `${randomBytes(32).toString('base64')}\n`;

/** Two processes that start at once end up with the same key: the file appears whole, and only once. */
async function makeFirst(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) return;
  await mkdir(dirname(path), { recursive: true });
  const fresh = await writeFresh(path, head + newKey());
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(fresh);
  await settle(dirname(path));
}

async function addKey(path: string): Promise<void> {
  await ringIn(path);
  const keys = (await readFile(path, 'utf8')).replace(head, '');
  await rename(await writeFresh(path, head + newKey() + keys), path);
  await settle(dirname(path));
}

/** Makes the names in a folder as lasting as what they name. */
async function settle(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** A file beside `path`, on the disk before its name is: a key that is lost takes every value with it. */
async function writeFresh(path: string, text: string): Promise<string> {
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return fresh;
}
