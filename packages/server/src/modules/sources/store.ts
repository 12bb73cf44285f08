import type { Selectable } from 'kysely';
import type { Queries } from '../../db/pool.ts';
import type { SourceTable } from '../../db/schema.ts';
import type { IngestReport } from './ingest-report.ts';
import type { FetchedFile } from './readers/web-files.ts';
import type { Source, SourceKind, SourceStatus } from './source.ts';

type SourceRow = Selectable<SourceTable>;

function toSource(row: SourceRow): Source {
  return {
    id: row.id,
    kind: row.kind as SourceKind,
    key: row.key,
    status: row.status,
    message: row.message,
    failures: row.failures,
    createdAt: row.created_at,
    refreshedAt: row.refreshed_at,
    report: row.report as IngestReport | null,
    memory: row.memory,
  };
}

/** The source of this kind and key; made, or remembered again, when it is not there. */
export async function openSource(db: Queries, kind: SourceKind, key: string): Promise<Source> {
  const row = await db
    .insertInto('source')
    .values({ kind, key, label: key })
    .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet({ removed_at: null }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return toSource(row);
}

export async function findSource(db: Queries, kind: SourceKind, key: string): Promise<Source | null> {
  const row = await db
    .selectFrom('source')
    .selectAll()
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row ? toSource(row) : null;
}

export async function sourceById(db: Queries, id: number): Promise<Source | null> {
  const row = await db
    .selectFrom('source')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row ? toSource(row) : null;
}

export async function listSources(db: Queries, kinds: readonly SourceKind[]): Promise<Source[]> {
  const rows = await db
    .selectFrom('source')
    .selectAll()
    .where('kind', 'in', kinds)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toSource);
}

export interface SourceState {
  readonly status?: SourceStatus;
  readonly message?: string | null;
  readonly failures?: number;
  readonly refreshedAt?: Date;
  readonly nextRefreshAt?: Date | null;
  readonly report?: IngestReport;
  readonly memory?: Readonly<Record<string, unknown>>;
}

/** Changes what is given, leaves the rest. */
export async function updateSource(db: Queries, id: number, state: SourceState): Promise<void> {
  await db
    .updateTable('source')
    .set({
      ...(state.status !== undefined && { status: state.status }),
      ...(state.message !== undefined && { message: state.message }),
      ...(state.failures !== undefined && { failures: state.failures }),
      ...(state.refreshedAt !== undefined && { refreshed_at: state.refreshedAt }),
      ...(state.nextRefreshAt !== undefined && { next_refresh_at: state.nextRefreshAt }),
      ...(state.report !== undefined && { report: JSON.stringify(state.report) }),
      ...(state.memory !== undefined && { memory: JSON.stringify(state.memory) }),
    })
    .where('id', '=', id)
    .execute();
}

/** Hides a source and stops its schedule; what it left behind stays tied to it. */
export async function removeSource(db: Queries, id: number, at: Date): Promise<void> {
  await db
    .updateTable('source')
    .set({
      ...{ removed_at: at, next_refresh_at: null, status: 'waiting', message: null },
      ...{ failures: 0, refreshed_at: null, report: null, memory: '{}' },
    })
    .where('id', '=', id)
    .execute();
}

/** Locations whose time has come, and pushes them out of reach of the next look until they have had their turn. */
export async function takeDue(db: Queries, now: Date, leaseUntil: Date): Promise<number[]> {
  const rows = await db
    .updateTable('source')
    .set({ next_refresh_at: leaseUntil })
    .where('kind', '=', 'location')
    .where('removed_at', 'is', null)
    .where('next_refresh_at', '<=', now)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function readFetchedFiles(db: Queries, sourceId: number): Promise<Map<string, FetchedFile>> {
  const rows = await db.selectFrom('source_file').selectAll().where('source_id', '=', sourceId).execute();
  return new Map(
    rows.map(({ target, etag, last_modified, body }) => [target, { etag, lastModified: last_modified, body }]),
  );
}

/** Replaces what is kept: files whose server named a version, and whose text PostgreSQL can hold. */
export async function keepFetchedFiles(
  db: Queries,
  sourceId: number,
  files: ReadonlyMap<string, FetchedFile>,
): Promise<void> {
  await db.deleteFrom('source_file').where('source_id', '=', sourceId).execute();
  const kept = [...files].filter(([, { etag, lastModified, body }]) => (etag || lastModified) && !body.includes('\0'));
  for (const [target, { etag, lastModified, body }] of kept) {
    const row = { source_id: sourceId, target, etag, last_modified: lastModified, body };
    await db.insertInto('source_file').values(row).execute();
  }
}
