import * as contract from '@gantry/contract';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { restoreEntity } from './commands/restore-entity.ts';
import { describeProvenance, listChanges } from './history.ts';
import type { EntityKit } from './kit.ts';
import { originOfCall } from './origin-of-call.ts';
import { listTrash, purgeEntity } from './trash.ts';

/** The endpoints about what was: history, origins, and what lies in the trash. */
export function historyRoutes(kit: EntityKit): ServedRoute[] {
  const { db } = kit;
  const blueprint = async (identifier: string) => (await kit.memory.having(identifier)).get(identifier);
  return [
    serve(contract.listChanges, async ({ params, query }) =>
      answer(await listChanges(db, await blueprint(params.blueprint), params.entity, query)),
    ),
    serve(contract.getProvenance, async ({ params }) =>
      answer(await describeProvenance(db, await blueprint(params.blueprint), params.entity)),
    ),
    serve(contract.listTrash, async ({ query }) => answer(await listTrash(db, query))),
    serve(contract.restoreEntity, async (call) => {
      const entity = await restoreEntity(kit, call.params.id, call.actor, originOfCall(call));
      return { json: `{"ok":true,"entity":${entity}}` };
    }),
    serve(contract.purgeEntity, async ({ params, actor }) => {
      await purgeEntity(db, params.id, actor);
      return answer({});
    }),
  ];
}
