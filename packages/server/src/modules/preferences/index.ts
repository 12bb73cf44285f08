import { getPreference, putPreference } from '@gantry/contract';
import type { Db } from '../../db/pool.ts';
import { answer, serve } from '../../http/serve.ts';
import type { Module } from '../module.ts';

/** Small personal settings of the UI, by actor and key. */
export function preferencesModule(db: Db): Module {
  return {
    routes: [
      serve(getPreference, async ({ actor, params }) => {
        const row = await db
          .selectFrom('preference')
          .select('value')
          .where('actor_id', '=', actor.id)
          .where('key', '=', params.key)
          .executeTakeFirst();
        return answer({ value: row?.value ?? null });
      }),
      serve(putPreference, async ({ actor, params, body }) => {
        const at = { actor_id: actor.id, key: params.key };
        if (body.value === null || body.value === undefined) await remove(db, at);
        else await put(db, at, JSON.stringify(body.value));
        return answer({});
      }),
    ],
  };
}

interface Place {
  readonly actor_id: string;
  readonly key: string;
}

async function remove(db: Db, { actor_id, key }: Place): Promise<void> {
  await db.deleteFrom('preference').where('actor_id', '=', actor_id).where('key', '=', key).execute();
}

async function put(db: Db, at: Place, value: string): Promise<void> {
  await db
    .insertInto('preference')
    .values({ ...at, value })
    .onConflict((conflict) => conflict.columns(['actor_id', 'key']).doUpdateSet({ value }))
    .execute();
}
