import { RE2JS } from 're2js';
import type { Problem } from '../problem.ts';

/** Longest pattern accepted, in characters. */
const SOURCE_LIMIT = 1000;
/** Largest compiled pattern accepted, in instructions; `[a-z]{0,400}` has about 800. */
const PROGRAM_LIMIT = 1000;
/** Instructions times characters one check may cost: about 20 ms at the very worst. */
const WORK_LIMIT = 10_000_000;

/** ECMA's `\s` and `.` know Unicode; RE2's do not. */
const SPACE =
  '\\t\\n\\x0B\\f\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}';
const ANY_BUT_LINE_ENDS = '[^\\n\\r\\x{2028}\\x{2029}]';

export type CompiledPattern =
  | { readonly ok: true; readonly test: (text: string) => boolean; readonly longest: number }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Prepares a pattern written by a user: ECMA syntax, not anchored. It runs on RE2, whose time grows only with the
 * length of the text, so no pattern can hang the process; what RE2 cannot express (looking around, referring back) is
 * refused here, when the blueprint is written, and not when an entity is. `longest` is how many characters a text may
 * have to be checked within bounds. Why: docs/decisions/0007-patterns-run-on-re2.md.
 */
export function compilePattern(source: string): CompiledPattern {
  if (source.length > SOURCE_LIMIT) return refuse(`is longer than ${SOURCE_LIMIT} characters`);
  const syntax = syntaxError(source);
  if (syntax) return refuse(`is not a regular expression: ${syntax}`);
  const translation = translate(source);
  if (!translation.ok) return refuse(translation.reason, translation.remedy);
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(translation.pattern));
    const size = compiled.programSize();
    if (size > PROGRAM_LIMIT) {
      return refuse('repeats too much to be checked quickly', 'Use `minLength` and `maxLength` to bound lengths.');
    }
    return { ok: true, test: (text) => compiled.test(text), longest: Math.floor(WORK_LIMIT / size) };
  } catch (error) {
    return refuse(`cannot be run: ${error instanceof Error ? error.message : 'unknown construct'}`);
  }
}

function refuse(reason: string, remedy?: string): CompiledPattern {
  return { ok: false, problem: { path: 'pattern', message: `The pattern ${reason}.`, ...(remedy && { remedy }) } };
}

function syntaxError(source: string): string | undefined {
  try {
    new RegExp(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'it does not parse';
  }
}

type Translation =
  | { readonly ok: true; readonly pattern: string }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

const around = {
  ok: false,
  reason: 'looks ahead or behind, which cannot be checked in bounded time',
  remedy: 'Say what is allowed instead of what is not, or use `enum`, `minLength` and `maxLength`.',
} as const;
const back = {
  ok: false,
  reason: 'refers back to a group, which cannot be checked in bounded time',
  remedy: 'Write the repeated part out, or leave it unchecked.',
} as const;

/** Rewrites what ECMA and RE2 read differently, token by token; the rest is left to re2js. */
function translate(source: string): Translation {
  let pattern = '';
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    const rest = source.slice(at);
    if (char === '\\') {
      const next = source.charAt(at + 1);
      if (!inClass && (/[1-9]/.test(next) || rest.startsWith('\\k<'))) return back;
      pattern += escapeFor(next, inClass);
      at += 1;
    } else if (inClass) {
      if (char === ']') inClass = false;
      pattern += char === '[' ? '\\[' : char;
    } else if (/^\(\?<?[=!]/.test(rest)) {
      return around;
    } else if (rest.startsWith('[^]') || rest.startsWith('[]')) {
      // Anything at all, and nothing at all: the only classes ECMA lets be empty.
      pattern += rest.startsWith('[^]') ? '[\\x{0}-\\x{10FFFF}]' : '[^\\x{0}-\\x{10FFFF}]';
      at += rest.startsWith('[^]') ? 2 : 1;
    } else {
      if (char === '[') inClass = true;
      pattern += char === '.' ? ANY_BUT_LINE_ENDS : char;
    }
  }
  return { ok: true, pattern };
}

/** An escape as RE2 must see it. Letters that mean something only to RE2 (`\Q`, `\z`, …) are plain letters in ECMA. */
function escapeFor(char: string, inClass: boolean): string {
  if (char === 's') return inClass ? SPACE : `[${SPACE}]`;
  if (char === 'S' && !inClass) return `[^${SPACE}]`;
  if (char === 'b' && inClass) return '\\x08';
  if ('aAzQEC'.includes(char)) return char;
  return `\\${char}`;
}
