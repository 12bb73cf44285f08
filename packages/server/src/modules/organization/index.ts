import { getOrganization, patchOrganization, putOrganization } from '@gantry/contract';
import { type Actor, isSameJson } from '@gantry/core';
import { record } from '../../audit/record.ts';
import { type Db, type Queries, transaction } from '../../db/pool.ts';
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
      serve(patchOrganization, async ({ body, actor }) =>
        answer({
          organization: await change(db, actor, (before) => ({
            ...body,
            settings: { ...before.settings, ...body.settings },
          })),
        }),
      ),
      serve(putOrganization, async ({ body, actor }) =>
        answer({ organization: await change(db, actor, () => ({ settings: {}, announcement: {}, ...body })) }),
      ),
    ],
  };
}

/** One change after another, and only a difference is one. */
async function change(db: Db, actor: Actor, changeOf: (before: Organization) => Change): Promise<Organization> {
  return transaction(db, async (trx) => {
    await trx.selectFrom('organization').select('id').forUpdate().execute();
    const before = await read(trx);
    await write(trx, changeOf(before));
    const after = await read(trx);
    if (isSameJson(before, after)) return before;
    const resource = { type: 'organization', identifier: after.id } as const;
    await record(trx, actor, { action: 'UPDATE', resource, before: shown(before), after: shown(after) });
    return after;
  });
}

const shown = ({ name, settings, announcement }: Organization) => ({ name, settings, announcement });

type Organization = Awaited<ReturnType<typeof read>>;

async function read(db: Queries) {
  const row = await db
    .selectFrom('organization')
    .select(['id', 'name', 'settings', 'announcement'])
    .executeTakeFirstOrThrow();
  return { ...row, featureFlags: [] };
}

async function write(trx: Queries, { name, settings, announcement }: Change): Promise<void> {
  await trx
    .updateTable('organization')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
      ...(announcement === undefined ? {} : { announcement: JSON.stringify(announcement) }),
    })
    .execute();
}
