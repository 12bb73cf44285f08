import * as contract from '@gantry/contract';
import { isSet } from '@gantry/contract';
import { Refusal, systemStructure } from '@gantry/core';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { deleteBlueprint } from './commands/delete-blueprint.ts';
import { planBlueprint } from './commands/plan-blueprint.ts';
import { type MemberKind, renameBlueprintMember } from './commands/rename-member.ts';
import { createBlueprint, patchBlueprint, replaceBlueprint } from './commands/save-blueprint.ts';
import {
  cancelMigration,
  getMigration,
  listMigrations,
  type MigrationKit,
  presentMigration,
  startDeletingAll,
} from './migrations.ts';
import { findBlueprint, readBlueprints } from './store.ts';
import { presentBlueprint, type StoredBlueprint } from './stored-blueprint.ts';

/** The parser of blueprints reports better than the envelope could. */
const parsed = { checksBody: true };

const one = (stored: StoredBlueprint) => answer({ blueprint: presentBlueprint(stored) });

export function blueprintRoutes(kit: MigrationKit): ServedRoute[] {
  return [...readRoutes(kit), ...changeRoutes(kit), ...renameRoutes(kit), ...migrationRoutes(kit)];
}

function readRoutes(kit: MigrationKit): ServedRoute[] {
  const { db } = kit;
  return [
    serve(contract.listBlueprints, async () =>
      answer({ blueprints: (await readBlueprints(db)).map((stored) => presentBlueprint(stored)) }),
    ),
    serve(contract.getBlueprint, async ({ params }) => one(await stored(kit, params.blueprint))),
    serve(contract.getSystemStructure, async ({ params }) => {
      const structure = systemStructure(params.blueprint);
      if (!structure) throw new Refusal('not_found', `\`${params.blueprint}\` is not a built-in blueprint.`);
      return one({ ...(await stored(kit, params.blueprint)), definition: structure });
    }),
    serve(
      contract.planBlueprint,
      async ({ params, body }) => {
        const { entities, effects } = await planBlueprint(kit, params.blueprint, body);
        return answer({ plan: { entities, effects } });
      },
      parsed,
    ),
  ];
}

async function stored({ db }: MigrationKit, identifier: string): Promise<StoredBlueprint> {
  const found = await findBlueprint(db, identifier);
  if (found) return found;
  throw new Refusal('not_found', `There is no blueprint \`${identifier}\`. Create it first, or check its spelling.`);
}

/** After a change this process knows the new model at once, not only when it hears of it. */
function told<T>(kit: MigrationKit, result: T): T {
  kit.memory.forget();
  kit.announcer.announce();
  return result;
}

function changeRoutes(kit: MigrationKit): ServedRoute[] {
  return [
    serve(
      contract.createBlueprint,
      async ({ body, actor }) => one(told(kit, await createBlueprint(kit, body, actor))),
      parsed,
    ),
    serve(
      contract.putBlueprint,
      async ({ params, body, actor }) => one(told(kit, await replaceBlueprint(kit, params.blueprint, body, actor))),
      parsed,
    ),
    serve(
      contract.patchBlueprint,
      async ({ params, body, actor }) => one(told(kit, await patchBlueprint(kit, params.blueprint, body, actor))),
      parsed,
    ),
    serve(contract.deleteBlueprint, async ({ params, actor }) => {
      await deleteBlueprint(kit.db, params.blueprint, actor);
      return told(kit, answer({}));
    }),
  ];
}

function renameRoutes(kit: MigrationKit): ServedRoute[] {
  const rename =
    (kind: MemberKind) =>
    async ({ params, body, actor }: Parameters<Parameters<typeof serve<typeof contract.renameProperty>>[1]>[0]) => {
      const at = { blueprint: params.blueprint, kind, from: params.property, to: body.newPropertyName };
      return one(told(kit, await renameBlueprintMember(kit, at, actor)));
    };
  return [
    serve(contract.renameProperty, rename('property')),
    serve(contract.renameMirror, rename('mirror')),
    serve(contract.renameRelation, async ({ params, body, actor }) => {
      const { blueprint, relation: from } = params;
      const at = { blueprint, kind: 'relation' as const, from, to: body.newRelationIdentifier };
      return one(told(kit, await renameBlueprintMember(kit, at, actor)));
    }),
  ];
}

function migrationRoutes(kit: MigrationKit): ServedRoute[] {
  const { db } = kit;
  return [
    serve(contract.deleteAllEntities, async ({ params, query, actor }) =>
      answer({ migrationId: await startDeletingAll(db, params.blueprint, isSet(query.delete_blueprint), actor) }),
    ),
    serve(contract.listMigrations, async ({ actor }) =>
      answer({ migrations: (await listMigrations(db, actor)).map((row) => presentMigration(row, actor)) }),
    ),
    serve(contract.getMigration, async ({ params, actor }) =>
      answer({ migration: presentMigration(await getMigration(db, params.migration, actor), actor) }),
    ),
    serve(contract.cancelMigration, async ({ params, actor }) =>
      answer({ migration: presentMigration(await cancelMigration(db, params.migration, actor), actor) }),
    ),
  ];
}
