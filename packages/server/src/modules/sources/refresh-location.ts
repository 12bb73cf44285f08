import { randomUUID } from 'node:crypto';
import { type Actor, Refusal } from '@gantry/core';
import { transaction } from '../../db/pool.ts';
import { writeFacts } from '../../events/outbox.ts';
import type { SourceKit } from './kit.ts';
import { type LocationRead, readLocation } from './read-location.ts';
import { refreshPause } from './refresh-pause.ts';
import type { Source } from './source.ts';
import { keepFetchedFiles, sourceById, updateSource } from './store.ts';

/** Who reads locations on schedule. */
export const gantry: Actor = { kind: 'system', id: 'gantry', label: 'Gantry', roles: [], teams: [] };

/** Nobody else is given the location before this; longer than any reading takes. */
export const LEASE_MINUTES = 20;
const LONGEST_READING_MS = 15 * 60_000;

/**
 * Reads a location through and says how it went. Does nothing when somebody reads it just now or it is gone. A failure
 * is part of the answer, not of the job: the location's own schedule tries again.
 */
export async function refreshLocation(kit: SourceKit, sourceId: number, stopping: AbortSignal): Promise<void> {
  await kit.turns.take(sourceId, 0, async () => {
    const source = await sourceById(kit.entities.db, sourceId);
    if (source?.kind !== 'location') return;
    await updateSource(kit.entities.db, sourceId, { status: 'running' });
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_READING_MS)]);
    try {
      await settle(kit, source, await readLocation(kit, source, gantry, signal));
    } catch (error) {
      if (stopping.aborted)
        await updateSource(kit.entities.db, sourceId, { status: 'waiting', nextRefreshAt: new Date() });
      else await settle(kit, source, { failure: explain(kit, source, error) });
    }
  });
}

/** What is said about a failure to everybody who may see the list of sources. */
function explain({ log }: SourceKit, { id, key }: Source, error: unknown): string {
  if (error instanceof Refusal && error.family !== 'defect') return error.message;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'It could not be read within 15 minutes.';
  const reference = randomUUID();
  log.error({ err: error, source: id, reference }, `reading ${key} failed`);
  return `Something unforeseen happened. Look for ${reference} in the log of Gantry.`;
}

async function settle(kit: SourceKit, source: Source, outcome: LocationRead | { failure: string }): Promise<void> {
  const { db, announcer } = kit.entities;
  const message = outcome.failure ?? null;
  const failures = message === null ? 0 : source.failures + 1;
  const now = new Date();
  const nextRefreshAt = new Date(now.getTime() + refreshPause(failures, kit.refreshMinutes) * 60_000);
  const status = message === null ? 'ok' : 'failed';
  await transaction(db, async (trx) => {
    const memory = 'memory' in outcome ? { memory: outcome.memory } : {};
    await updateSource(trx, source.id, { status, message, failures, refreshedAt: now, nextRefreshAt, ...memory });
    if ('fetched' in outcome) await keepFetchedFiles(trx, source.id, outcome.fetched);
    await writeFacts(trx, [{ kind: 'location.refreshed', detail: { source: source.id, target: source.key, status } }]);
  });
  announcer.announce();
}
