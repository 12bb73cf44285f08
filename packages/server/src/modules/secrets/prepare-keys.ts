import type { Logger } from 'pino';
import type { SecretKit } from './commands.ts';
import { countByKey } from './store.ts';

/**
 * Makes the first key where Gantry keeps it itself, and says at start what will otherwise surprise later. Nothing here
 * stops the start: whoever uses no secrets needs no key.
 */
export async function prepareKeys(
  { db, keys }: SecretKit,
  { log, isShared }: { readonly log: Logger; readonly isShared: boolean },
): Promise<void> {
  try {
    await keys.own?.ensure();
    if (await keys.own?.isExposed()) {
      log.warn(
        `others on this machine can read ${keys.name}, which opens all secrets: take that right away (chmod 600)`,
      );
    }
    const ring = await keys.ring();
    const lost = (await countByKey(db)).filter(({ key_id }) => !ring.has(key_id));
    for (const { key_id, count } of lost) {
      log.warn(
        `${count} of the secrets cannot be read: they were encrypted with key ${key_id}, which is not in ${keys.name}. Add that key, or set their values anew`,
      );
    }
  } catch (error) {
    log.warn({ err: error }, 'secrets cannot be used until this is mended');
  }
  if (isShared && keys.own) {
    log.warn(
      `secrets are encrypted with ${keys.name}. Further processes on this database need the same key: give it to all of them with GANTRY_SECRETS_KEY_FILE or GANTRY_SECRETS_KEY`,
    );
  }
}
