import type { Reader } from '../../db/reader.ts';
import { csvLine } from '../../http/csv.ts';
import type { AuditFilter } from './audit-filter.ts';
import { findEntries } from './find-entries.ts';
import { type PresentedEntry, presentEntry } from './present-entry.ts';

const BATCH = 500;

/** Everything that matches, page by page as fast as it is taken. What is written meanwhile is newer and not in it. */
async function* pages(reader: Reader, filter: AuditFilter): AsyncGenerator<PresentedEntry[], void, void> {
  for (let below: string | undefined; ; ) {
    const rows = await findEntries(reader, filter, { below, limit: BATCH });
    yield rows.map(presentEntry);
    if (rows.length < BATCH) return;
    below = rows.at(-1)?.id;
  }
}

export async function* asLines(reader: Reader, filter: AuditFilter): AsyncGenerator<string, void, void> {
  for await (const page of pages(reader, filter)) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

const columns: Readonly<Record<string, (entry: PresentedEntry) => unknown>> = {
  identifier: ({ identifier }) => identifier,
  at: ({ trigger }) => trigger?.at,
  actor: ({ trigger }) => trigger?.by.label,
  actorKind: ({ trigger }) => trigger?.by.kind,
  origin: ({ trigger }) => trigger?.origin,
  action: ({ action }) => action,
  resourceType: ({ resourceType }) => resourceType,
  context: ({ context }) => context,
  status: ({ status }) => status,
  message: ({ message }) => message,
  before: ({ diff }) => diff?.before,
  after: ({ diff }) => diff?.after,
  additionalData: ({ additionalData }) => additionalData,
};

export async function* asCsv(reader: Reader, filter: AuditFilter): AsyncGenerator<string, void, void> {
  let head = csvLine(Object.keys(columns));
  const cellsOf = (entry: PresentedEntry) => Object.values(columns).map((cell) => cell(entry));
  for await (const page of pages(reader, filter)) {
    yield head + page.map((entry) => csvLine(cellsOf(entry))).join('');
    head = '';
  }
}
