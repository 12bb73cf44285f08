import { type Actor, Refusal } from '@gantry/core';
import { bundleReader, type FileBundle } from '@gantry/core/backstage';
import { type AuditEntry, record } from '../../audit/record.ts';
import { transaction } from '../../db/pool.ts';
import { addJob, jobKind } from '../../jobs/job.ts';
import { trashMissing } from './import/find-vanished.ts';
import { importSource } from './import/import-source.ts';
import type { IngestReport } from './ingest-report.ts';
import type { SourceKit } from './kit.ts';
import { WebFiles } from './readers/web-files.ts';
import { LEASE_MINUTES } from './refresh-location.ts';
import { listSightings, markAllMissing } from './sightings.ts';
import type { Source } from './source.ts';
import { findSource, openSource, removeSource, type SourceState, sourceById, updateSource } from './store.ts';

export const refreshJob = jobKind<{ source: number }>('sources.refresh');

/** A caller waits this long for somebody else who reads the same source. */
const PATIENCE_MS = 30_000;

export interface SentBundle extends FileBundle {
  readonly root: string;
  readonly entries: readonly string[];
}

/** Takes files that somebody read elsewhere. The same root again replaces what it had said before. */
export async function importBundle(
  kit: SourceKit,
  bundle: SentBundle,
  { actor, missing }: { readonly actor: Actor; readonly missing: 'keep' | 'trash' },
): Promise<IngestReport> {
  const source = await openSource(kit.entities.db, 'bundle', bundle.root);
  const action = source.refreshedAt === null ? 'CREATE' : 'UPDATE';
  return inTurn(kit, source, async () => {
    const web = new WebFiles(kit.outbound, AbortSignal.timeout(WEB_PATIENCE_MS));
    const reading = { source, roots: bundle.entries, reader: bundleReader(bundle, web), actor, missing };
    try {
      const { report } = await importSource(kit, reading);
      await endImport(kit, source, { status: 'ok', message: null }, actor, { action, after: countsIn(report) });
      return report;
    } catch (error) {
      const state = { status: 'failed', message: UNFINISHED } as const;
      await endImport(kit, source, state, actor, { action, status: 'FAILURE', message: UNFINISHED });
      throw error;
    }
  });
}

async function endImport(
  { entities: { db } }: SourceKit,
  source: Source,
  state: SourceState,
  actor: Actor,
  entry: Omit<AuditEntry, 'resource'>,
): Promise<void> {
  await transaction(db, async (trx) => {
    await updateSource(trx, source.id, { ...state, refreshedAt: new Date() });
    await record(trx, actor, { ...entry, resource: resourceOf(source) });
  });
}

function countsIn({ created, updated, unchanged, trashed, problems }: IngestReport): Record<string, number> {
  return { created, updated, unchanged, trashed, problems: problems.length };
}

const resourceOf = ({ key }: Source) => ({ type: 'source', identifier: key }) as const;

const UNFINISHED = 'The last import did not come to its end. Import it again; it goes on where it stopped.';

/** What a bundle refers to on the web may take so long in all; the caller is waiting. */
const WEB_PATIENCE_MS = 120_000;

/** Registers a URL; it is read as soon as a worker is free. @throws Refusal `already_exists`, `invalid_request` */
export async function registerLocation(kit: SourceKit, target: string, actor: Actor): Promise<Source> {
  const { db } = kit.entities;
  const url = kit.outbound.check(target.trim()).href;
  const known = await findSource(db, 'location', url);
  if (known) {
    const message = `${url} is registered already. Refresh it to have it read again now.`;
    throw new Refusal('already_exists', message, { details: { location: String(known.id) } });
  }
  return transaction(db, async (trx) => {
    const source = await openSource(trx, 'location', url);
    await record(trx, actor, { action: 'CREATE', resource: resourceOf(source), after: { target: url } });
    return askForRefresh(trx, source);
  });
}

/** Has a location read again now. @throws Refusal `not_found`, `invalid_request` */
export async function requestRefresh(kit: SourceKit, id: string, actor: Actor): Promise<Source> {
  const source = await existing(kit, id);
  if (source.kind !== 'location') {
    const message = `${source.key} was read on the machine of whoever imported it and cannot be fetched from here. Import it again.`;
    throw new Refusal('invalid_request', message);
  }
  return transaction(kit.entities.db, async (trx) => {
    const message = 'Asked for it to be read again now.';
    await record(trx, actor, { action: 'UPDATE', resource: resourceOf(source), message });
    return askForRefresh(trx, source);
  });
}

async function askForRefresh(trx: Parameters<typeof addJob>[0], source: Source): Promise<Source> {
  const waiting = { status: 'waiting', nextRefreshAt: minutesFromNow(LEASE_MINUTES) } as const;
  await updateSource(trx, source.id, waiting);
  await addJob(trx, refreshJob, { source: source.id }, { key: `location:${source.id}`, maxAttempts: 3 });
  return { ...source, status: 'waiting' };
}

export function minutesFromNow(minutes: number): Date {
  return new Date(Date.now() + minutes * 60_000);
}

/** Sends what a source no longer has to the trash. @returns how many @throws Refusal `not_found`, `has_dependents` */
export async function confirmMissing(kit: SourceKit, id: string, actor: Actor): Promise<number> {
  const source = await existing(kit, id);
  return inTurn(kit, source, async () => {
    const sightings = await listSightings(kit.entities.db, source.id);
    const missing = sightings.filter(({ isMissing }) => isMissing);
    const trashed = await trashMissing(kit, { source, actor }, missing);
    const message = 'Confirmed that what is no longer in the source may go to the trash.';
    const resource = resourceOf(source);
    await record(kit.entities.db, actor, { action: 'UPDATE', resource, message, details: { trashed } });
    return trashed;
  });
}

/**
 * Forgets a source. What it alone vouched for becomes stale, or with `deleteEntities` goes to the trash.
 * @throws Refusal `not_found`, `has_dependents`
 */
export async function forgetSource(
  kit: SourceKit,
  id: string,
  { actor, deleteEntities }: { readonly actor: Actor; readonly deleteEntities: boolean },
): Promise<void> {
  const source = await existing(kit, id);
  await inTurn(kit, source, async () => {
    const { db } = kit.entities;
    if (deleteEntities) await trashMissing(kit, { source, actor }, await listSightings(db, source.id));
    await transaction(db, async (trx) => {
      await markAllMissing(trx, source.id, new Date());
      await removeSource(trx, source.id, new Date());
      const details = { deleteEntities };
      await record(trx, actor, {
        action: 'DELETE',
        resource: resourceOf(source),
        before: { target: source.key },
        details,
      });
    });
  });
}

async function existing(kit: SourceKit, id: string): Promise<Source> {
  const source = /^\d{1,9}$/.test(id) ? await sourceById(kit.entities.db, Number(id)) : null;
  if (source && source.kind !== 'demo') return source;
  throw new Refusal('not_found', `There is no location ${id}.`);
}

async function inTurn<T>(kit: SourceKit, source: Source, work: () => Promise<T>): Promise<T> {
  const done = await kit.turns.take(source.id, PATIENCE_MS, async () => ({ value: await work() }));
  if (done) return done.value;
  throw new Refusal('unavailable', `${source.key} is being read just now. Try again in a moment.`);
}
