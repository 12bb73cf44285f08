import { joinPath, type Problem } from '../problem.ts';

/** How deep a value may be nested; more than any document of the field needs, little enough for every recursion. */
export const DEPTH_LIMIT = 64;
/** How many values one value may hold. A request of 1 MiB stays below; what YAML aliases can unfold to does not. */
const NODE_LIMIT = 1_000_000;
/** How many problems one value may have before the rest is summed up. */
export const VALUE_PROBLEM_LIMIT = 50;

const fine: readonly Problem[] = [];

/** A text PostgreSQL cannot hold in jsonb: it has a NUL character or half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export const unstorableText = {
  message: 'holds a NUL character or half of a surrogate pair, which cannot be stored',
  remedy: 'Remove the character; binary data belongs in a file or in base64.',
};

/**
 * Everything in a value that could not be stored or read back as JSON: NUL characters and lone surrogates (in keys
 * too), numbers beyond what a double holds, nesting deeper than `DEPTH_LIMIT`, keys named `__proto__`, and things JSON
 * has no word for. Paths are relative to the value. Walks with a list of its own, so no depth can overflow the stack.
 */
export function findUnstorable(value: unknown): readonly Problem[] {
  if (typeof value === 'string' && isStorableText(value)) return fine;
  const problems: Problem[] = [];
  const waiting: Place[] = [{ value, path: '', depth: 0 }];
  let visited = 0;
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    visited += 1;
    if (visited > NODE_LIMIT) return [...problems, tooLarge];
    if (problems.length >= VALUE_PROBLEM_LIMIT)
      return [...problems, { path: '', message: 'has further problems like these' }];
    look(place, waiting, problems);
  }
  return problems;
}

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

const tooLarge: Problem = {
  path: '',
  message: `holds more than ${NODE_LIMIT} values`,
  remedy: 'Store a link to the document instead of the document.',
};

function look({ value, path, depth }: Place, waiting: Place[], problems: Problem[]): void {
  switch (typeof value) {
    case 'string':
      if (!isStorableText(value)) problems.push({ path, ...unstorableText });
      return;
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) problems.push({ path, message: 'is a number too large to be stored' });
      return;
    case 'object':
      if (value === null) return;
      if (depth >= DEPTH_LIMIT) problems.push(tooDeep(path));
      else if (Array.isArray(value)) lookInside(value.entries(), path, depth, waiting);
      else lookIntoObject(value, path, depth, waiting, problems);
      return;
    default:
      problems.push({ path, message: `is a ${typeof value}, which JSON has no word for` });
  }
}

function tooDeep(path: string): Problem {
  return { path, message: `is nested deeper than ${DEPTH_LIMIT} levels`, remedy: 'Flatten the value.' };
}

function lookIntoObject(value: object, path: string, depth: number, waiting: Place[], problems: Problem[]): void {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    problems.push({ path, message: 'is not plain data', remedy: 'Send objects, lists, texts, numbers and booleans.' });
    return;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') problems.push({ path: joinPath(path, key), ...reservedKey });
    else if (!isStorableText(key)) problems.push({ path, message: `has a key that ${unstorableText.message}` });
  }
  // A member that is undefined is one that JSON does not have.
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  lookInside(members, path, depth, waiting);
}

/** Refused rather than kept: whatever copies the value later, here or in a client, would change its prototype. */
export const reservedKey = { message: '`__proto__` cannot be a key', remedy: 'Give the key another name.' };

function lookInside(
  entries: Iterable<readonly [string | number, unknown]>,
  path: string,
  depth: number,
  waiting: Place[],
): void {
  for (const [key, value] of entries) {
    if (isPlainScalar(value)) continue;
    waiting.push({ value, path: joinPath(path, key), depth: depth + 1 });
  }
}

/** The common case, decided without remembering a place for it. */
function isPlainScalar(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    Number.isFinite(value) ||
    (typeof value === 'string' && isStorableText(value))
  );
}
