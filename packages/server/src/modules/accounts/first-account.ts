import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../db/pool.ts';
import { digest, hashPassword, isPassword, newSecret } from './secret.ts';
import { addSignInLink, findAccount, putAccount, putMachineCredential } from './store.ts';

const LINK_HOURS = 24;

/** Makes sure of the administrator the settings name, with the password they give, or none. */
export async function ensureAdmin(db: Db, email: string, password: string | undefined): Promise<void> {
  const before = await findAccount(db, email);
  if (before && (await isUnchanged(before.passwordHash, password))) return;
  await putAccount(db, {
    id: before?.id ?? `user_${randomUUID()}`,
    email: email.toLowerCase(),
    roles: ['Admin'],
    passwordHash: password === undefined ? null : await hashPassword(password),
  });
}

async function isUnchanged(hash: string | null, password: string | undefined): Promise<boolean> {
  if (password === undefined || hash === null) return password === undefined && hash === null;
  return isPassword(password, hash);
}

/**
 * The token of a fresh one-time link for the administrator; null when a password or an open session lets them in
 * already. An earlier unused link stops working.
 */
export async function offerSignInLink(db: Db, email: string): Promise<string | null> {
  const account = await findAccount(db, email);
  if (!account || account.passwordHash !== null) return null;
  const open = await db
    .selectFrom('session')
    .select('account_id')
    .where('account_id', '=', account.id)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (open) return null;
  const token = newSecret();
  await addSignInLink(db, account.id, digest(token), new Date(Date.now() + LINK_HOURS * 60 * 60 * 1000));
  return token;
}

/** The machine credential of the settings. */
export async function ensureMachine(db: Db, clientId: string, clientSecret: string): Promise<void> {
  await putMachineCredential(db, { clientId, label: clientId, roles: ['Admin'], secretHash: digest(clientSecret) });
}

/** What `<data dir>/cli.json` holds: how the command line on this machine reaches this Gantry. */
export interface CliCredential {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Writes a fresh secret for the command line at each start, readable by the owner of the data folder alone. */
export async function writeCliCredential(db: Db, dataDir: string, url: string): Promise<CliCredential> {
  const path = join(dataDir, 'cli.json');
  const clientId = (await readClientId(path)) ?? `cli_${randomUUID()}`;
  const credential: CliCredential = { url, clientId, clientSecret: newSecret() };
  await putMachineCredential(db, {
    clientId,
    label: 'gantry command line',
    roles: ['Admin'],
    secretHash: digest(credential.clientSecret),
  });
  await mkdir(dataDir, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(credential, null, 2)}\n`, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, path);
  return credential;
}

async function readClientId(path: string): Promise<string | null> {
  try {
    const { clientId } = JSON.parse(await readFile(path, 'utf8')) as { clientId?: unknown };
    return typeof clientId === 'string' ? clientId : null;
  } catch {
    // Absent or damaged: either way a new one is made.
    return null;
  }
}
