import { Refusal } from '@gantry/core';
import { type IngestResult, vanishedEntities } from '@gantry/core/backstage';
import { deleteEntities } from '../../entities/index.ts';
import type { ReportedProblem } from '../ingest-report.ts';
import type { SourceKit } from '../kit.ts';
import { originOfSource, type Reading } from '../reading.ts';
import { type EntityKey, forgetSightings, listSightings, markMissing, type Sighting } from '../sightings.ts';

export interface Vanished {
  /** What this source has lost and what is still there, waiting for somebody to confirm. */
  readonly missing: readonly EntityKey[];
  readonly trashed: number;
  readonly problems: readonly ReportedProblem[];
}

/**
 * Settles what a source vouched for and no longer has. Only what a reading proves to be gone is marked, and nothing is
 * when it brought no entity at all: an empty answer is more often an accident than a wish.
 */
export async function settleVanished(kit: SourceKit, reading: Reading, found: IngestResult): Promise<Vanished> {
  const { db } = kit.entities;
  const { source } = reading;
  const earlier = await listSightings(db, source.id);
  const gone = new Set(vanishedEntities(found, earlier).map(({ entityId }) => entityId));
  if (found.entities.length === 0) {
    const missing = namesOf(earlier.filter(({ isMissing }) => isMissing));
    return { missing, trashed: 0, problems: emptyAnswer(reading, gone.size) };
  }
  await markMissing(db, source.id, [...gone], new Date());
  const missing = earlier.filter(({ entityId, isMissing }) => isMissing || gone.has(entityId));
  if (reading.missing === 'keep' || missing.length === 0)
    return { missing: namesOf(missing), trashed: 0, problems: [] };
  try {
    return { missing: [], trashed: await trashMissing(kit, reading, missing), problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { code: 'not_trashed', file: source.key, message: error.message };
    return { missing: namesOf(missing), trashed: 0, problems: [problem] };
  }
}

/**
 * Sends entities that a source has lost to the trash. One that another source still vouches for stays; this source
 * just has no more to do with it. @returns how many went. @throws Refusal `has_dependents`; then none did
 */
export async function trashMissing(
  kit: SourceKit,
  { source, actor }: Pick<Reading, 'source' | 'actor'>,
  missing: readonly Sighting[],
): Promise<number> {
  const alone = missing.filter(({ isOnly }) => isOnly);
  const context = { actor, origin: originOfSource(source), dependents: false, references: 'keep' } as const;
  const deleted = alone.length > 0 ? await deleteEntities(kit.entities, alone, context) : [];
  const shared = missing.filter(({ isOnly }) => !isOnly).map(({ entityId }) => entityId);
  await forgetSightings(kit.entities.db, source.id, shared);
  return deleted.length;
}

function namesOf(sightings: readonly Sighting[]): EntityKey[] {
  return sightings.map(({ blueprint, identifier }) => ({ blueprint, identifier }));
}

function emptyAnswer({ source }: Reading, gone: number): ReportedProblem[] {
  if (gone === 0) return [];
  const message = `nothing was found, where ${gone} entities were found before; they are kept as they are`;
  const remedy = 'If it is meant, forget this source together with its entities.';
  return [{ code: 'empty_answer', file: source.key, message, remedy }];
}
