import { isUtf8 } from 'node:buffer';
import { type Problem, Refusal, refuseInvalid } from '@gantry/core';

/** Deeper bodies are refused before they are parsed; real documents stay far below. */
export const MAX_DEPTH = 200;

/**
 * JSON text to a value, or a refusal that says where it went wrong: 400 for what is no JSON, 422 for JSON that
 * PostgreSQL or JavaScript could not hold faithfully (NUL, half characters, `__proto__`). No bytes mean no body.
 */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) {
    throw new Refusal('malformed_request', 'The body is not UTF-8 text. Encode it as UTF-8.');
  }
  const text = bytes.toString('utf8');
  refuseDeep(text);
  const value = parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  // Without an escape or the forbidden key in the text there is nothing to look for, and the walk is saved.
  if (text.includes('__proto__') || text.includes('\\u')) refuseUnstorable(value);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal('malformed_request', `The body is not valid JSON: ${reason}.${placeOf(reason, text)}`);
  }
}

/** Line and column of the offset which V8 names in its message; V8 names none when the text ends too early. */
function placeOf(reason: string, text: string): string {
  if (/line \d+ column \d+/.test(reason)) return '';
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
  const before = text.slice(0, offset).split('\n');
  return ` That is line ${before.length}, column ${(before.at(-1) ?? '').length + 1}.`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings: linear, before anything recursive sees the text. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) {
        throw new Refusal('invalid_request', `The body is nested deeper than ${MAX_DEPTH} levels. Flatten it.`, {
          problems: [{ path: '', message: `nested deeper than ${MAX_DEPTH} levels`, remedy: 'flatten it' }],
        });
      }
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

/** Index of the quote that closes the string opened at `from`; the end of the text when none does. */
function endOfString(text: string, from: number): number {
  let at = from;
  do {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
  } while (isEscaped(text, at));
  return at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function refuseUnstorable(value: unknown): void {
  const problems: Problem[] = [];
  collectUnstorable(value, '', problems);
  if (problems.length > 0) throw refuseInvalid(problems);
}

/** Safe to recurse: the depth was bounded before parsing. */
function collectUnstorable(value: unknown, path: string, problems: Problem[]): void {
  if (typeof value === 'string') {
    const message = unstorable(value);
    if (message) problems.push({ path, message, remedy: 'remove that character' });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectUnstorable(item, join(path, String(index)), problems);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const message = key === '__proto__' ? 'the key `__proto__` is not allowed' : unstorable(key);
      if (message) problems.push({ path, message, remedy: 'rename the key' });
      else collectUnstorable(item, join(path, key), problems);
    }
  }
}

function unstorable(text: string): string | null {
  if (text.includes('\0')) return 'holds the character NUL (U+0000), which cannot be stored';
  return text.isWellFormed() ? null : 'holds half of a surrogate pair, which is no character';
}

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);
