import type { Problem } from '../../problem.ts';
import type { Kind, ValueCheck, ValueClass } from '../kind.ts';
import { type CompiledPattern, compilePattern } from '../pattern.ts';
import type { Property } from '../property.ts';
import { isStorableText, unstorableText } from '../storable.ts';
import { checkEnum, checkOrder, fine, type MemberTest, memberTest, notOfType, refusal, show } from './check.ts';

/** What a text has to look like beyond being text, and how to say that it does not. */
export interface TextFormat {
  readonly accepts: (text: string) => boolean;
  /** Follows "… is not", e.g. `a URL`. */
  readonly noun: string;
  readonly remedy: string;
}

/** A kind whose values are text: lengths, `pattern` and `enum` hold for all of them, the format for its own. */
export function textKind(format?: TextFormat, valueClass: ValueClass = 'text'): Kind {
  return {
    valueClass,
    checkDefinition: checkTextDefinition,
    prepareCheck: (property) => prepareTextCheck(property, format),
  };
}

function checkTextDefinition(property: Property): readonly Problem[] {
  const problems = [...checkOrder(property, 'minLength', 'maxLength'), ...checkEnum(property, 'string')];
  const pattern = property.pattern === undefined ? undefined : compilePattern(property.pattern);
  if (pattern && !pattern.ok) problems.push(pattern.problem);
  return problems;
}

export function prepareTextCheck(property: Property, format?: TextFormat): ValueCheck {
  const member = memberTest(property);
  const pattern = property.pattern === undefined ? undefined : compilePattern(property.pattern);
  const { minLength, maxLength } = property;
  const bare = !member && !pattern && !format && minLength === undefined && maxLength === undefined;
  if (bare) return checkStorable;
  return (value) => {
    const unfit = checkStorable(value);
    if (unfit !== fine || typeof value !== 'string') return unfit;
    const problems = [
      checkLength(value, minLength, maxLength),
      member && checkMember(value, member),
      format && checkFormat(value, format),
      pattern && checkPattern(value, property.pattern ?? '', pattern),
    ].filter((problem) => problem !== undefined);
    return problems.length === 0 ? fine : problems;
  };
}

function checkStorable(value: unknown): readonly Problem[] {
  if (typeof value !== 'string') return notOfType('text', value);
  return isStorableText(value) ? fine : refusal(unstorableText.message, unstorableText.remedy);
}

/** Lengths count characters as people do: a surrogate pair is one. */
function checkLength(text: string, min = 0, max = Number.POSITIVE_INFINITY): Problem | undefined {
  if (text.length < min || (text.length < min * 2 && [...text].length < min)) {
    return { path: '', message: `must have at least ${min} characters` };
  }
  if (text.length > max && (text.length > max * 2 || [...text].length > max)) {
    return { path: '', message: `must have at most ${max} characters` };
  }
  return undefined;
}

export function checkMember(value: unknown, member: MemberTest): Problem | undefined {
  if (member.has(value)) return undefined;
  return { path: '', message: `${show(value)} is not one of ${member.shown}`, remedy: 'Use one of the listed values.' };
}

function checkFormat(text: string, format: TextFormat): Problem | undefined {
  if (format.accepts(text)) return undefined;
  return { path: '', message: `${show(text)} is not ${format.noun}`, remedy: format.remedy };
}

function checkPattern(text: string, source: string, pattern: CompiledPattern): Problem | undefined {
  if (!pattern.ok) return pattern.problem;
  if (text.length > pattern.longest) {
    return {
      path: '',
      message: `is too long to be checked against its pattern (${pattern.longest} characters at most)`,
    };
  }
  if (pattern.test(text)) return undefined;
  return { path: '', message: `${show(text)} does not match the pattern ${show(source)}` };
}
