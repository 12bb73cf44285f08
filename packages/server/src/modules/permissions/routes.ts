import * as contract from '@gantry/contract';
import { namesOf } from '@gantry/contract';
import { presentPermissions } from '@gantry/core';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { changePermissions, grantsOf, type StoredBlueprint } from '../blueprints/index.ts';
import { abilitiesOf } from './abilities.ts';
import { explainDecision } from './explain-decision.ts';
import type { PermissionKit } from './kit.ts';
import { planPermissions } from './plan-permissions.ts';

/** The parser of permissions reports better than the envelope could. */
const parsed = { checksBody: true };

const one = (stored: StoredBlueprint) => {
  return answer({ permissions: presentPermissions(stored.definition, grantsOf(stored)) });
};

export function permissionRoutes(kit: PermissionKit): ServedRoute[] {
  const { db, memory, announcer } = kit;
  return [
    serve(contract.getPermissions, async ({ params }) =>
      one((await memory.having(params.blueprint)).get(params.blueprint)),
    ),
    serve(
      contract.patchPermissions,
      async ({ params, body, actor }) => {
        const changed = await changePermissions(db, params.blueprint, body, actor);
        memory.forget();
        announcer.announce();
        return one(changed);
      },
      parsed,
    ),
    serve(
      contract.planPermissions,
      async ({ params, body, actor }) => answer({ plan: await planPermissions(kit, params.blueprint, body, actor) }),
      parsed,
    ),
    serve(contract.getAbilities, async ({ params, query, actor }) =>
      answer({ abilities: await abilitiesOf(kit, actor, params.blueprint, namesOf(query.entity)) }),
    ),
    serve(contract.explainDecision, async ({ query, actor }) =>
      answer({ explanation: await explainDecision(kit, actor, query) }),
    ),
  ];
}
