import { auditFields, exportAuditLog, listAuditLog, namesOf, type QueryOf } from '@gantry/contract';
import { type Problem, refuseInvalid } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import type { Reader } from '../../db/reader.ts';
import { streamOf } from '../../http/json-stream.ts';
import { answer, serve } from '../../http/serve.ts';
import type { Module } from '../module.ts';
import { among, readFilter } from './audit-filter.ts';
import { asCsv, asLines } from './export-entries.ts';
import { findEntries } from './find-entries.ts';
import { type PresentedEntry, presentEntry } from './present-entry.ts';
import { retentionJob } from './retention.ts';

export interface AuditOptions {
  readonly db: Db;
  readonly reader: Reader;
  /** How many days entries are kept. */
  readonly days: number;
}

/** Who did what: read, filtered and exported here. It is written by whoever does it, and changed by nobody. */
export function auditModule({ db, reader, days }: AuditOptions): Module {
  return {
    routes: [
      serve(listAuditLog, async ({ query }) => {
        const problems: Problem[] = [];
        const filter = readFilter(query, problems);
        const { fields, limit, below } = readPage(query, problems);
        if (problems.length > 0) throw refuseInvalid(problems);
        const rows = await findEntries(reader, filter, { below, limit: limit + 1 });
        const page = rows.slice(0, limit);
        const audits = page.map((row) => only(fields, presentEntry(row)));
        return answer({ audits, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null });
      }),
      serve(exportAuditLog, async ({ query }) => {
        const { format = 'ndjson', ...rest } = query;
        const problems: Problem[] = [];
        const filter = readFilter(rest, problems);
        if (problems.length > 0) throw refuseInvalid(problems);
        const isCsv = format === 'csv';
        const stream = await streamOf(isCsv ? asCsv(reader, filter) : asLines(reader, filter));
        const media = isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8';
        const disposition = `attachment; filename="audit-log.${format}"`;
        return { stream, media, headers: { 'content-disposition': disposition, 'cache-control': 'no-store' } };
      }),
    ],
    jobs: [retentionJob(db, days)],
  };
}

const USUAL_PAGE = 100;
const LARGEST_PAGE = 1000;

function readPage({ includes, limit = '', cursor = '' }: QueryOf<typeof listAuditLog>, problems: Problem[]) {
  const fields = among(auditFields, 'includes', namesOf(includes), problems);
  const size = limit === '' ? USUAL_PAGE : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    problems.push({ path: 'limit', message: `is not a whole number from 1 to ${LARGEST_PAGE}` });
  }
  if (!/^\d{0,18}$/.test(cursor)) {
    problems.push({ path: 'cursor', message: 'is not the `next` of an earlier page', remedy: 'start without it' });
  }
  return { fields, limit: size, below: cursor === '' ? undefined : cursor };
}

/** No field named means all of them. */
function only(fields: readonly (keyof PresentedEntry)[], entry: PresentedEntry): PresentedEntry {
  if (fields.length === 0) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([name]) => fields.some((field) => field === name)));
}
