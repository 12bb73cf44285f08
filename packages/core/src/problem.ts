/**
 * What can be wrong, as data. A refusal carries every problem found, never only the first.
 *
 * Three families decide how a refusal is treated: `caller` (their mistake: answered in full), `world` (a hiccup outside:
 * answered, worth a retry) and `defect` (ours: logged, and only a reference number leaves the process).
 */
export const problemCodes = {
  malformed_request: 'caller',
  invalid_request: 'caller',
  unauthorized: 'caller',
  forbidden: 'caller',
  not_found: 'caller',
  already_exists: 'caller',
  has_dependents: 'caller',
  stale_revision: 'caller',
  payload_too_large: 'caller',
  unsupported_media_type: 'caller',
  too_many_requests: 'caller',
  remote_failed: 'world',
  unavailable: 'world',
  internal_error: 'defect',
} as const;

export type ProblemCode = keyof typeof problemCodes;
export type ProblemFamily = (typeof problemCodes)[ProblemCode];

/** One thing that is wrong: where (`path`, dotted, empty for the whole), what and why (`message`), what to do (`remedy`). */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly remedy?: string;
}

/** `a` and `b` make `a.b`; either may be empty. */
export function joinPath(outer: string, inner: string | number): string {
  if (outer === '') return String(inner);
  return inner === '' ? outer : `${outer}.${inner}`;
}

/** Problems of an inner value, seen from outside. */
export function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: joinPath(path, problem.path) }));
}

/** Thrown by commands, turned into an answer by one funnel. `details` is extra data for programs, safe to show. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly problems: readonly Problem[];
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ProblemCode,
    message: string,
    options: { problems?: readonly Problem[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.problems = options.problems ?? [];
    this.details = options.details ?? {};
  }

  get family(): ProblemFamily {
    return problemCodes[this.code];
  }
}

/** A refusal whose message is the problems themselves, one sentence each. */
export function refuseInvalid(problems: readonly Problem[]): Refusal {
  const sentences = problems.map((problem) => (problem.path ? `${problem.path}: ${problem.message}` : problem.message));
  const shown = sentences.slice(0, 20).join('; ');
  const hidden = sentences.length > 20 ? `; and ${sentences.length - 20} more` : '';
  return new Refusal('invalid_request', `${shown}${hidden}`, { problems });
}
