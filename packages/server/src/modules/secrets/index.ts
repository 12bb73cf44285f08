import * as contract from '@gantry/contract';
import type { Logger } from 'pino';
import type { Db } from '../../db/pool.ts';
import { answer, serve } from '../../http/serve.ts';
import type { Module } from '../module.ts';
import { changeSecret, createSecret, deleteSecret, refuseUnknown, type SecretKit } from './commands.ts';
import { type KeySettings, keySource } from './key-source.ts';
import { prepareKeys } from './prepare-keys.ts';
import { rotateKey } from './rotate-key.ts';
import { findSecret, type KnownSecret, listSecrets } from './store.ts';

export interface SecretOptions {
  readonly db: Db;
  readonly settings: KeySettings & { readonly databaseUrl: string | undefined };
  readonly log: Logger;
}

/** What later rooms need to know and nobody may read: kept encrypted, under a key that is not in the database. */
export function secretsModule({ db, settings, log }: SecretOptions): Module {
  const kit: SecretKit = { db, keys: keySource(settings) };
  return {
    routes: [
      serve(contract.listSecrets, async () => {
        const isReadable = await readability(kit);
        return answer({ secrets: (await listSecrets(db)).map((row) => present(row, isReadable)) });
      }),
      serve(contract.getSecret, async ({ params }) =>
        one(kit, (await findSecret(db, params.name)) ?? refuseUnknown(params.name)),
      ),
      serve(contract.createSecret, async ({ body, actor }) => one(kit, await createSecret(kit, body, actor))),
      serve(contract.patchSecret, async ({ params, body, actor }) =>
        one(kit, await changeSecret(kit, params.name, body, actor)),
      ),
      serve(contract.deleteSecret, async ({ params, actor }) => {
        await deleteSecret(kit, params.name, actor);
        return answer({});
      }),
      serve(contract.rotateSecretsKey, async ({ actor }) => {
        const { unreadable, ...rotation } = await rotateKey(kit, actor);
        return answer({ rotation: { ...rotation, unreadable: [...unreadable] } });
      }),
    ],
    prepare: () => prepareKeys(kit, { log, isShared: settings.databaseUrl !== undefined }),
  };
}

type IsReadable = (keyId: string) => boolean;

/** Without any key nothing is readable; the list is shown all the same. */
async function readability({ keys }: SecretKit): Promise<IsReadable> {
  const ring = await keys.ring().catch(() => null);
  return (keyId) => ring?.has(keyId) ?? false;
}

async function one(kit: SecretKit, row: KnownSecret) {
  return answer({ secret: present(row, await readability(kit)) });
}

function present(row: KnownSecret, isReadable: IsReadable) {
  return {
    secretName: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    readable: isReadable(row.key_id),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}
