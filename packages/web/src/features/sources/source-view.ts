import type { ImportReport, Location } from '../../data/sources.ts';

export type SourceProblem = Location['problems'][number];

/** Something the catalog is fed by: a registered address that is read again, or files somebody brought. */
export interface Source {
  id: string;
  /** Its address or root, as it was given. */
  target: string;
  kind: 'location' | 'files';
  state: 'waiting' | 'running' | 'ok' | 'problems' | 'failed';
  message?: string;
  refreshedAt: string | null;
  entities: number;
  stale: number;
  problems: readonly SourceProblem[];
  missing: readonly { blueprint: string; identifier: string }[];
  /** What the latest import counted. */
  report?: ImportReport;
}

function stateOf(location: Location): Source['state'] {
  if (location.status === 'ok' && location.problems.length > 0) return 'problems';
  return location.status;
}

/**
 * Everything that feeds the catalog as one list, failing ones first, then by address. The report of the latest import
 * carries the same id as the location it was of, and adds its figures to that line.
 */
export function sources(locations: readonly Location[], imports: readonly ImportReport[]): Source[] {
  const reports = new Map(imports.map((report) => [report.id, report]));
  return locations
    .map((location): Source => {
      const report = reports.get(location.id);
      return {
        id: location.id,
        target: location.target,
        kind: location.type === 'url' ? 'location' : 'files',
        state: stateOf(location),
        ...(location.message ? { message: location.message } : {}),
        refreshedAt: location.refreshedAt,
        entities: location.entities,
        stale: location.stale,
        problems: location.problems,
        missing: location.missing,
        ...(report ? { report } : {}),
      };
    })
    .sort((a, b) => urgency[a.state] - urgency[b.state] || a.target.localeCompare(b.target));
}

const urgency: Record<Source['state'], number> = { failed: 0, problems: 1, running: 2, waiting: 3, ok: 4 };

export interface ListedProblem extends SourceProblem {
  source: Source;
}

/** Every problem of every source in one list, by file and place. */
export function listProblems(all: readonly Source[]): ListedProblem[] {
  return all
    .flatMap((source) => source.problems.map((problem) => ({ ...problem, source })))
    .sort(
      (a, b) => a.file.localeCompare(b.file) || (a.document ?? 0) - (b.document ?? 0) || (a.line ?? 0) - (b.line ?? 0),
    );
}

/** Keeps the problems that name the words anywhere a reader sees them, and one source if given. */
export function filterProblems(problems: readonly ListedProblem[], text: string, source?: string): ListedProblem[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return problems.filter((problem) => {
    if (source && problem.source.id !== source) return false;
    const seen = [problem.file, problem.message, problem.remedy, problem.entityRef, problem.code]
      .join(' ')
      .toLowerCase();
    return words.every((word) => seen.includes(word));
  });
}

/** `line 14, document 2`: where in its file. */
export function problemPlace({ document, line }: Pick<SourceProblem, 'document' | 'line'>): string {
  const parts = [line === undefined ? '' : `line ${line}`, document === undefined ? '' : `document ${document}`];
  return parts.filter((part) => part !== '').join(', ');
}
