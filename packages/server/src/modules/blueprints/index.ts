import type { Module } from '../module.ts';
import { ensureSystemBlueprints } from './commands/ensure-system-blueprints.ts';
import { type MigrationKit, migrationJobs } from './migrations.ts';
import { blueprintRoutes } from './routes.ts';

export { changePermissions, readPermissions } from './commands/change-permissions.ts';
export { extendModel } from './commands/extend-model.ts';
export { retireBlueprints } from './commands/retire-blueprints.ts';
export { replaceBlueprint } from './commands/save-blueprint.ts';
export { compiledOf, grantsOf } from './compiled.ts';
export type { EntityKeeper } from './entity-keeper.ts';
export { Model, ModelMemory } from './model.ts';
export { presentBlueprint, type StoredBlueprint } from './stored-blueprint.ts';

/** The kinds there are: declared, changed, renamed and deleted as data. */
export function blueprintsModule(kit: MigrationKit): Module {
  return {
    routes: blueprintRoutes(kit),
    jobs: migrationJobs(kit),
    prepare: () => ensureSystemBlueprints(kit.db),
  };
}
