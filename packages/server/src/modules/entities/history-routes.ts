import * as contract from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { answersOf } from '../../db/answers.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { restoreEntity } from './commands/restore-entity.ts';
import { describeProvenance, listChanges } from './history.ts';
import type { EntityKit } from './kit.ts';
import { originOfCall } from './origin-of-call.ts';
import { listTrash, purgeEntity } from './trash.ts';

/** The endpoints about what was: history, origins, and what lies in the trash. */
export function historyRoutes(kit: EntityKit): ServedRoute[] {
  const { db } = kit;
  const scopeOf = async (blueprint: string, actor: Actor): Promise<FilterScope> => {
    const view = await kit.sights.having(blueprint, actor, answersOf(db));
    return { ...view, blueprint: view.model.get(blueprint) };
  };
  return [
    serve(contract.listChanges, async ({ params, query, actor }) =>
      answer(await listChanges(db, await scopeOf(params.blueprint, actor), params.entity, actor, query)),
    ),
    serve(contract.getProvenance, async ({ params, actor }) =>
      answer(await describeProvenance(db, await scopeOf(params.blueprint, actor), params.entity, actor)),
    ),
    serve(contract.listTrash, async ({ query, actor }) => {
      const { sight } = await kit.sights.of(actor, answersOf(db));
      return answer(await listTrash(db, sight, query));
    }),
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
