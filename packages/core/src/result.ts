import type { Problem } from './problem.ts';

/** Either a value or everything that is wrong with the input. Parsers return it; commands decide what to do with it. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function accepted<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** How many problems are worth telling; an answer should not be many times the size of what it refuses. */
export const PROBLEM_LIMIT = 500;

/** Refuses with every problem found, or with the first five hundred and a word about the rest. */
export function refused(problems: readonly Problem[]): Result<never> {
  if (problems.length <= PROBLEM_LIMIT) return { ok: false, problems };
  const rest = { path: '', message: `has ${problems.length - PROBLEM_LIMIT} further problems` };
  return { ok: false, problems: [...problems.slice(0, PROBLEM_LIMIT), rest] };
}
