import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CallFailure, type Client, createClient } from '@gantry/client';
import { createAccessToken } from '@gantry/contract';
import manifest from '../package.json' with { type: 'json' };
import { Failure } from './failure.ts';

/** Which Gantry to talk to, and as whom. */
interface Credential {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** By this the audit log knows the command line from other programs. */
const program = { 'user-agent': `gantry-cli/${manifest.version}` };

const clone = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Signs in to Gantry: the one the environment names, or the one started on this machine, which leaves a credential for
 * its own command line in its data folder. Throws a Failure that says what is missing.
 */
export async function connect(environment: NodeJS.ProcessEnv = process.env): Promise<Client> {
  const { url, clientId, clientSecret } = fromEnvironment(environment) ?? (await fromDataFolder(environment));
  const anonymous = createClient({ baseUrl: url, headers: () => program });
  try {
    const { accessToken } = await anonymous.call(createAccessToken, { body: { clientId, clientSecret } });
    return createClient({ baseUrl: url, headers: () => ({ ...program, authorization: `Bearer ${accessToken}` }) });
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const advice =
      error.status === 0
        ? 'Start it (npm start), or set GANTRY_BASE_URL to the one you mean.'
        : 'Check GANTRY_CLIENT_ID and GANTRY_CLIENT_SECRET, or unset them to use the Gantry on this machine.';
    throw new Failure(`${error.message} ${advice}`, { cause: error });
  }
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Credential | undefined {
  const { GANTRY_BASE_URL: url, GANTRY_CLIENT_ID: clientId, GANTRY_CLIENT_SECRET: clientSecret } = environment;
  if (!url && !clientId && !clientSecret) return undefined;
  if (url && clientId && clientSecret) return { url: url.replace(/\/+$/, ''), clientId, clientSecret };
  throw new Failure('Set GANTRY_BASE_URL, GANTRY_CLIENT_ID and GANTRY_CLIENT_SECRET together, or none of them.', {
    exitCode: 2,
  });
}

async function fromDataFolder({ GANTRY_DATA_DIR }: NodeJS.ProcessEnv): Promise<Credential> {
  const folders = new Set(GANTRY_DATA_DIR ? [resolve(GANTRY_DATA_DIR)] : [resolve('.gantry'), join(clone, '.gantry')]);
  for (const folder of folders) {
    const credential = await readCredential(join(folder, 'cli.json'));
    if (credential) return credential;
  }
  throw new Failure(
    `No Gantry has been started here: there is no cli.json in ${[...folders].join(' or ')}. ` +
      'Start one (npm start), or set GANTRY_BASE_URL, GANTRY_CLIENT_ID and GANTRY_CLIENT_SECRET.',
  );
}

async function readCredential(path: string): Promise<Credential | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new Failure(`${path} cannot be read (${error.code}). It belongs to whoever started Gantry.`, {
      cause: error,
    });
  });
  if (text === undefined) return undefined;
  const { url, clientId, clientSecret } = parse(text);
  if (typeof url === 'string' && typeof clientId === 'string' && typeof clientSecret === 'string') {
    return { url, clientId, clientSecret };
  }
  throw new Failure(`${path} is damaged. Restart Gantry: it writes the file anew.`);
}

function parse(text: string): Partial<Record<keyof Credential, unknown>> {
  try {
    return JSON.parse(text) as Partial<Record<keyof Credential, unknown>>;
  } catch {
    return {};
  }
}
