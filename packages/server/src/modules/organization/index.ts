import { getOrganization, patchOrganization, putOrganization } from '@gantry/contract';
import type { Db } from '../../db/pool.ts';
import { answer, serve } from '../../http/serve.ts';
import type { Module } from '../module.ts';

interface Change {
  readonly name?: string;
  readonly settings?: Record<string, unknown>;
  readonly announcement?: Record<string, unknown>;
}

/** The one organization. Nothing is advertised in `featureFlags`, because clients change their ways by them. */
export function organizationModule(db: Db): Module {
  return {
    routes: [
      serve(getOrganization, async () => answer({ organization: await read(db) })),
      serve(patchOrganization, async ({ body }) => {
        const before = await read(db);
        const settings = { ...before.settings, ...body.settings };
        return answer({ organization: await write(db, { ...body, settings }) });
      }),
      serve(putOrganization, async ({ body }) =>
        answer({ organization: await write(db, { settings: {}, announcement: {}, ...body }) }),
      ),
    ],
  };
}

async function read(db: Db) {
  const row = await db
    .selectFrom('organization')
    .select(['id', 'name', 'settings', 'announcement'])
    .executeTakeFirstOrThrow();
  return { ...row, featureFlags: [] };
}

async function write(db: Db, { name, settings, announcement }: Change) {
  await db
    .updateTable('organization')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
      ...(announcement === undefined ? {} : { announcement: JSON.stringify(announcement) }),
    })
    .execute();
  return read(db);
}
