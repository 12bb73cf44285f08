import type { Client } from '@gantry/client';
import { rotateSecretsKey } from '@gantry/contract';
import { count } from '../import/report.ts';
import type { Terminal } from '../terminal.ts';

export interface RotateKeyOptions {
  readonly json: boolean;
}

/** Has every secret encrypted anew. Exit code 1 when some could not be read, because their key is lost. */
export async function runRotateKey({ json }: RotateKeyOptions, client: Client, terminal: Terminal): Promise<number> {
  const { rotation } = await client.call(rotateSecretsKey);
  const { key, made, reencrypted, unreadable } = rotation;
  if (json) terminal.out(JSON.stringify(rotation, null, 2));
  else {
    const what = count(reencrypted, 'secret', 'secrets');
    terminal.out(`${what} encrypted anew with ${made ? 'the new key' : 'key'} ${key}.`);
    if (!made)
      terminal.note('To change the key, put a new one first in the setting, restart Gantry, and run this again.');
  }
  if (unreadable.length === 0) return 0;
  terminal.note(`The key of these is lost: ${unreadable.join(', ')}. Bring it back, or set their values anew.`);
  return 1;
}
