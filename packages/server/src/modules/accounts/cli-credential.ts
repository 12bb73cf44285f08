import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../../db/pool.ts';
import { putCredential } from './credential-store.ts';
import { digest, newSecret } from './secret.ts';

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
  await putCredential(db, {
    clientId,
    label: 'gantry command line',
    roles: ['Admin'],
    secretHash: digest(credential.clientSecret),
    keptBy: 'cli',
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
