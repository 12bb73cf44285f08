import type { ImportReportShape, IngestProblemShape } from '@gantry/contract';
import type { Static } from 'typebox';

/** What one reading of a source took, refused and missed; as it is stored and answered. */
export type IngestReport = Static<typeof ImportReportShape>;
export type ReportedProblem = Static<typeof IngestProblemShape>;

/** A report says at most so much; what comes after is counted. */
export const MAX_PROBLEMS = 5_000;

/** Problems quote what strangers wrote; what PostgreSQL cannot hold in a text becomes a replacement character. */
function storable(problem: ReportedProblem): ReportedProblem {
  const clean = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD');
  const texts = Object.entries(problem).map(([key, value]) => [key, typeof value === 'string' ? clean(value) : value]);
  return Object.fromEntries(texts) as ReportedProblem;
}

export function limitProblems(found: readonly ReportedProblem[]): ReportedProblem[] {
  const problems = found.slice(0, MAX_PROBLEMS).map(storable);
  if (found.length <= MAX_PROBLEMS) return problems;
  const hidden = found.length - MAX_PROBLEMS;
  const rest = {
    code: 'limit_reached',
    file: '',
    message: `and ${hidden} more problems`,
    remedy: 'Mend the first ones and import again.',
  };
  return [...problems, rest];
}
