import { type IngestLimits, type IngestResult, ingest } from '@gantry/core/backstage';
import { transaction } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import { type IngestReport, limitProblems, type ReportedProblem } from '../ingest-report.ts';
import type { SourceKit } from '../kit.ts';
import { unhurried } from '../readers/unhurried.ts';
import type { Reading } from '../reading.ts';
import { recordProblems } from '../sightings.ts';
import { updateSource } from '../store.ts';
import { settleVanished, type Vanished } from './find-vanished.ts';
import { type FittedModel, fitModel } from './fit-model.ts';
import { type ProposedEntity, proposeEntity } from './proposed-entity.ts';
import { type StoredEntities, storeEntities } from './store-entities.ts';

export interface Imported {
  readonly report: IngestReport;
  readonly found: IngestResult;
}

/**
 * Reads a source through and brings the catalog in line with it: the model is widened, entities are stored in batches,
 * what is gone is settled, and a report is kept. Whatever point it is killed at, the next reading of the same source
 * ends where this one would have. Hold the source's lock.
 */
export async function importSource(
  kit: SourceKit,
  reading: Reading,
  limits: Partial<IngestLimits> = {},
): Promise<Imported> {
  const startedAt = new Date();
  const found = await ingest(reading.roots, unhurried(reading.reader), limits);
  const model = await fitModel(kit, found.entities, reading.actor);
  const stored = await storeEntities(kit, reading, propose(reading, found, model));
  const vanished = await settleVanished(kit, reading, found);
  const report = compose({ reading, startedAt, found, stored, vanished, blueprintsCreated: model.created });
  await keep(kit, reading, report);
  return { report, found };
}

/** One after the other, so that no more than a batch of them is held laid out. */
function* propose(reading: Reading, found: IngestResult, { blueprints }: FittedModel): Generator<ProposedEntity> {
  for (const entity of found.entities) yield proposeEntity(reading, entity, blueprints);
}

interface Parts {
  readonly reading: Reading;
  readonly startedAt: Date;
  readonly found: IngestResult;
  readonly stored: StoredEntities;
  readonly vanished: Vanished;
  readonly blueprintsCreated: readonly string[];
}

function compose({ reading, startedAt, found, stored, vanished, blueprintsCreated }: Parts): IngestReport {
  const { created, updated, unchanged, byBlueprint } = stored;
  return {
    id: String(reading.source.id),
    source: reading.source.key,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    files: found.locations.filter(({ outcome }) => outcome === 'read').length,
    documents: found.documents,
    ...{ created, updated, unchanged, byBlueprint },
    blueprintsCreated: [...blueprintsCreated],
    missing: [...vanished.missing],
    trashed: vanished.trashed,
    problems: limitProblems([...found.problems, ...stored.problems, ...vanished.problems]),
  };
}

/** The report, what it says against single entities, and the news of it: all at once. */
async function keep(kit: SourceKit, { source }: Reading, report: IngestReport): Promise<void> {
  const { db, announcer } = kit.entities;
  const { created, updated, unchanged, trashed } = report;
  const detail = {
    source: source.id,
    root: source.key,
    created,
    updated,
    unchanged,
    trashed,
    problems: report.problems.length,
  };
  await transaction(db, async (trx) => {
    await recordProblems(trx, source.id, problemsOfEntities(report));
    await updateSource(trx, source.id, { report });
    await writeFacts(trx, [{ kind: 'import.finished', detail }]);
  });
  announcer.announce();
}

/** The first problem of each entity that has one. */
function problemsOfEntities({ problems, finishedAt }: IngestReport) {
  const first = new Map<string, ReportedProblem>();
  for (const problem of problems) {
    if (problem.entityRef !== undefined && !first.has(problem.entityRef)) first.set(problem.entityRef, problem);
  }
  return [...first].map(([ref, problem]) => ({ ref, problem: { ...problem, at: finishedAt } }));
}
