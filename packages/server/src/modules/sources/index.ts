import { addJob, handles, scheduled } from '../../jobs/job.ts';
import type { Module } from '../module.ts';
import { minutesFromNow, refreshJob } from './commands.ts';
import type { SourceKit } from './kit.ts';
import { LEASE_MINUTES, refreshLocation } from './refresh-location.ts';
import { sourceRoutes } from './routes.ts';
import { takeDue } from './store.ts';

export type { SourceKit } from './kit.ts';
export { forgetSightings, listSightings, type Sighting } from './sightings.ts';
export type { Source } from './source.ts';
export { SourceTurns } from './source-turns.ts';
export { findSource, openSource, updateSource } from './store.ts';

/** Where entities come from besides people and programs: files that are sent, and locations that are read again and again. */
export function sourcesModule(kit: SourceKit): Module {
  const { db } = kit.entities;
  return {
    routes: sourceRoutes(kit),
    jobs: [
      handles(refreshJob, ({ source }, { signal }) => refreshLocation(kit, source, signal)),
      scheduled('sources.refresh-due', '* * * * *', async () => {
        for (const source of await takeDue(db, new Date(), minutesFromNow(LEASE_MINUTES))) {
          await addJob(db, refreshJob, { source }, { key: `location:${source}`, maxAttempts: 3 });
        }
      }),
    ],
  };
}
