import type { Logger } from 'pino';
import type { Module } from '../module.ts';
import { historyRoutes } from './history-routes.ts';
import type { EntityKit } from './kit.ts';
import { connectListener } from './listeners.ts';
import { ensurePartitions, partitionJob } from './partitions.ts';
import { writeRoutes } from './routes.ts';
import { purgeJob } from './trash.ts';

export { type DeleteContext, deleteEntities, type EntityName } from './commands/delete-entities.ts';
export { changeEntities, putEntities, type WritesIn } from './commands/put-entities.ts';
export type { DeletedEntity, EntityChange, EntityRules } from './entity-rules.ts';
export type { EntityWrite, NotWritten, SeenAs, WriteContext, WriteOutcome, Written } from './entity-write.ts';
export { entityKeeper } from './keeper.ts';
export type { EntityKit, FindEntities, PresentEntities } from './kit.ts';
export { originOfCall } from './origin-of-call.ts';
export { type Origin, Origins } from './origins.ts';

/** What exists: entities are written, renamed, deleted and restored here, and nowhere else. */
export function entitiesModule(kit: EntityKit, log: Logger): Module {
  return {
    routes: [...writeRoutes(kit), ...historyRoutes(kit)],
    listeners: [connectListener(kit.db)],
    jobs: [purgeJob(kit.db), partitionJob(kit.db, log)],
    prepare: () => ensurePartitions(kit.db, log),
  };
}
