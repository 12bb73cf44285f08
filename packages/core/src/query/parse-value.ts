import { isPlainObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem } from '../problem.ts';
import { parseInstant } from '../property/instant.ts';
import { isStorableText, unstorableText } from '../property/storable.ts';
import { accepted, type Result, refused } from '../result.ts';
import { type ContextRef, type DatePreset, datePresets, type Range, type Term } from './parsed-query.ts';

/** How many values a list may have. */
const LIST_LIMIT = 10_000;
const DAY = 86_400_000;

/** A single value: a text, number, boolean or null, or a reference to the caller. */
export function parseTerm(value: unknown, path: string): Result<Term> {
  if (isPlainObject(value)) return parseContextRef(value, path);
  if (value === null || typeof value === 'boolean') return accepted({ literal: value });
  if (typeof value === 'number' && Number.isFinite(value)) return accepted({ literal: value });
  if (typeof value === 'string') {
    return isStorableText(value) ? accepted({ literal: value }) : refused([{ path, ...unstorableText }]);
  }
  if (value === undefined) return refused([{ path, message: 'is missing' }]);
  if (!Array.isArray(value)) return refused([{ path, message: 'must be a text, a number, true, false or null' }]);
  const remedy = 'Use `in` or `containsAny` to compare with a list.';
  return refused([{ path, message: 'must be a single value, not a list', remedy }]);
}

/** A list of values; a value alone is the list of it. */
export function parseTerms(value: unknown, path: string): Result<Term[]> {
  if (!Array.isArray(value)) {
    const term = parseTerm(value, path);
    return term.ok ? accepted([term.value]) : term;
  }
  if (value.length > LIST_LIMIT) {
    return refused([{ path, message: `has ${value.length} values; ${LIST_LIMIT} is the limit` }]);
  }
  const terms: Term[] = [];
  const problems: Problem[] = [];
  for (const [index, element] of value.entries()) {
    const term = parseTerm(element, joinPath(path, index));
    if (term.ok) terms.push(term.value);
    else if (problems.length < 20) problems.push(...term.problems);
  }
  return problems.length === 0 ? accepted(terms) : refused(problems);
}

/** `{"context": "user" | "userTeams", "property": "…"}`. */
export function parseContextRef(value: Readonly<Record<string, unknown>>, path: string): Result<ContextRef> {
  const { context, property } = value;
  if (context !== 'user' && context !== 'userTeams') {
    const message = 'must be a plain value, or {"context": "user" or "userTeams", "property": "…"}';
    return refused([{ path, message }]);
  }
  if (typeof property !== 'string' || property === '') {
    const message = 'must be the key of a property of the user or team';
    return refused([{ path: joinPath(path, 'property'), message }]);
  }
  return accepted({ context, property });
}

/** `{preset, timeZone?}` or `{from, to}`; one end may be left open. A `to` without a time means the end of that day. */
export function parseRange(value: unknown, path: string): Result<Range> {
  if (!isPlainObject(value)) {
    return refused([{ path, message: 'must be an object with `from` and `to`, or with `preset`' }]);
  }
  if (value.preset !== undefined) return parsePreset(value.preset, value.timeZone, path);
  const { from, to } = value;
  if (isAbsent(from) && isAbsent(to)) {
    return refused([{ path, message: 'has neither `preset` nor `from` and `to`' }]);
  }
  if (typeof from === 'number' || typeof to === 'number') return parseNumbers(from, to, path);
  const start = parseEnd(from, joinPath(path, 'from'), 0);
  const end = parseEnd(to, joinPath(path, 'to'), DAY - 1);
  if (!start.ok || !end.ok) return refused([start, end].flatMap((part) => (part.ok ? [] : part.problems)));
  return accepted(range('instant', start.value, end.value));
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function range(of: 'instant' | 'number', from: number | undefined, to: number | undefined): Range {
  return { of, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function parseNumbers(from: unknown, to: unknown, path: string): Result<Range> {
  const problems = [['from', from] as const, ['to', to] as const].flatMap(([key, end]) => {
    if (isAbsent(end) || (typeof end === 'number' && Number.isFinite(end))) return [];
    return [{ path: joinPath(path, key), message: 'must be a number, like the other end' }];
  });
  if (problems.length > 0) return refused(problems);
  return accepted(range('number', (from ?? undefined) as number | undefined, (to ?? undefined) as number | undefined));
}

function parseEnd(value: unknown, path: string, restOfDay: number): Result<number | undefined> {
  if (isAbsent(value)) return accepted(undefined);
  const moment = typeof value === 'string' ? parseInstant(value) : undefined;
  if (moment === undefined) {
    return refused([{ path, message: 'is not a date', remedy: 'Write it as RFC 3339, like 2024-05-01T10:00:00Z.' }]);
  }
  const isBareDate = typeof value === 'string' && value.length === 10;
  return accepted(isBareDate ? moment + restOfDay : moment);
}

function parsePreset(preset: unknown, timeZone: unknown, path: string): Result<Range> {
  const problems: Problem[] = [];
  const known: DatePreset | undefined = datePresets.find((name) => name === preset);
  if (!known) {
    const hint = typeof preset === 'string' ? didYouMean(preset, datePresets) : {};
    const remedy = hint.remedy ?? `Use one of ${datePresets.join(', ')}.`;
    problems.push({ path: joinPath(path, 'preset'), message: 'is not a known range of dates', remedy });
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const remedy = 'Use a name like Europe/Berlin, or leave it out for UTC.';
    problems.push({ path: joinPath(path, 'timeZone'), message: 'is not a known time zone', remedy });
  }
  if (problems.length > 0 || !known) return refused(problems);
  return accepted({ preset: known, ...(isTimeZone(timeZone) && { timeZone }) });
}

function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
