import { isPlainObject } from '../json.ts';
import type { Problem } from '../problem.ts';
import { under } from '../problem.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { ParsedQuery } from '../query/parsed-query.ts';
import { accepted, type Result, refused } from '../result.ts';
import { ENTITY_IDENTIFIER, ENTITY_IDENTIFIER_MAX } from './entity.ts';

const pattern = new RegExp(ENTITY_IDENTIFIER, 'u');
/** Most identifiers: decided without Unicode tables. */
const ordinary = /^[A-Za-z0-9@_+:\\/=-][A-Za-z0-9@_.+:\\/=-]*$/;

/** Whether a text can name an entity; 1000 characters at most. Source: port-api.md §4.1. */
export function isEntityIdentifier(text: string): boolean {
  return text.length <= ENTITY_IDENTIFIER_MAX && (ordinary.test(text) || pattern.test(text));
}

export function checkIdentifier(text: string, path: string): readonly Problem[] {
  if (isEntityIdentifier(text)) return [];
  if (text === '') return [{ path, message: 'An identifier must not be empty' }];
  if (text.length > ENTITY_IDENTIFIER_MAX) {
    return [
      { path, message: `An identifier has at most ${ENTITY_IDENTIFIER_MAX} characters, this has ${text.length}` },
    ];
  }
  const message = `${JSON.stringify(text.slice(0, 60))} has characters an identifier cannot have`;
  return [{ path, message, remedy: 'Use letters, digits and @ _ . + : \\ / = -, but neither `.` nor `..` alone.' }];
}

/** How an input names its entity: by identifier, by a search that must find exactly one, or not at all. */
export type EntityIdentity =
  | { readonly kind: 'named'; readonly identifier: string }
  | { readonly kind: 'searched'; readonly query: ParsedQuery }
  | { readonly kind: 'unnamed' };

/**
 * What an input says about who it is; asked before anything else is known, because it decides what is stored already.
 * Numbers are identifiers too: a jq result often is one.
 */
export function identifyEntity(input: unknown): Result<EntityIdentity> {
  const identifier = isPlainObject(input) ? input.identifier : undefined;
  if (identifier === undefined || identifier === null) return accepted({ kind: 'unnamed' });
  if (isPlainObject(identifier)) {
    const query = parseQuery(identifier);
    return query.ok ? accepted({ kind: 'searched', query: query.value }) : refused(under('identifier', query.problems));
  }
  const text = identifierText(identifier);
  if (text === undefined) {
    return refused([{ path: 'identifier', message: 'must be a text, or a search for the entity' }]);
  }
  const problems = checkIdentifier(text, 'identifier');
  return problems.length === 0 ? accepted({ kind: 'named', identifier: text }) : refused(problems);
}

/** A text or a number as the text it is written as. */
export function identifierText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
