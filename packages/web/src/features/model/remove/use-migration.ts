import { type Answer, cancelMigration, deleteAllEntities, getMigration } from '@gantry/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../data/client.ts';

export type Migration = Answer<typeof getMigration>['migration'];

const ended: readonly Migration['status'][] = ['COMPLETED', 'FAILURE', 'CANCELLED'];

/** How often the progress is asked for, in milliseconds. */
const POLL = 400;

/** Asks until the job has ended. The loop outlives the dialog: the blueprint may be gone before its last answer. */
async function follow(id: string, onProgress: (migration: Migration) => void): Promise<Migration> {
  for (;;) {
    const { migration } = await api.call(getMigration, { params: { migration: id } });
    onProgress(migration);
    if (ended.includes(migration.status)) return migration;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

/** Deletes all entities of a blueprint, and if asked the blueprint itself, and tells how far it has come. */
export function useMassDelete(blueprint: string, onEnd: (migration: Migration) => void) {
  const [migration, setMigration] = useState<Migration>();
  const run = useMutation({
    mutationFn: async (withBlueprint: boolean) => {
      const query = withBlueprint ? { delete_blueprint: 'true' } : {};
      const { migrationId } = await api.call(deleteAllEntities, { params: { blueprint }, query });
      onEnd(await follow(migrationId, setMigration));
    },
  });
  const stop = useMutation({
    mutationFn: () => api.call(cancelMigration, { params: { migration: migration?.id ?? '' } }),
  });
  return { run, stop, migration };
}
