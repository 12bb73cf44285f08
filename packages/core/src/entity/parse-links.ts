import { isPlainObject } from '../json.ts';
import { joinPath, type Problem, under } from '../problem.ts';
import { isStorableText, unstorableText } from '../property/storable.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { ParsedQuery } from '../query/parsed-query.ts';
import type { CompiledRelation } from './compiled-blueprint.ts';
import type { Draft } from './draft.ts';
import { checkIdentifier, identifierText } from './identifier.ts';

/**
 * Reads the value of one relation: an identifier, a list of them where the relation is many (a lone one is the list of
 * it), null or an empty list for none, or a search. Lists keep their order and drop repetitions.
 */
export function parseRelation(draft: Draft, relation: CompiledRelation, value: unknown): void {
  if (value === undefined) return;
  const { relations } = draft.content;
  const { key, path, target, many } = relation;
  if (isPlainObject(value)) {
    delete relations[key];
    const query = readQuery(draft, value, path);
    if (query) draft.unresolved.push({ kind: 'relation', path, relation: key, target, many, query });
  } else if (Array.isArray(value) && !many) {
    draft.problems.push({
      path,
      message: 'holds a single entity, but a list arrived',
      remedy: 'Send one identifier, or make the relation `many`.',
    });
  } else {
    const identifiers = readIdentifiers(value, path, draft.problems);
    const [first] = identifiers;
    if (first === undefined) delete relations[key];
    else relations[key] = many ? identifiers : first;
  }
}

function readIdentifiers(value: unknown, path: string, problems: Problem[]): string[] {
  if (value === null) return [];
  const isList = Array.isArray(value);
  const elements: readonly unknown[] = isList ? value : [value];
  const identifiers = new Set<string>();
  for (const [index, element] of elements.entries()) {
    const at = isList ? joinPath(path, index) : path;
    const text = identifierText(element);
    if (text === undefined) problems.push({ path: at, message: 'must be the identifier of an entity' });
    else {
      const found = checkIdentifier(text, at);
      if (found.length > 0) problems.push(...found);
      else identifiers.add(text);
    }
  }
  return [...identifiers];
}

/** Reads who owns the entity: one team, several, none (null), or a search over teams. Names may hold spaces. */
export function parseTeam(draft: Draft, value: unknown): void {
  if (value === undefined) return;
  draft.content.team = [];
  if (value === null) return;
  if (isPlainObject(value)) {
    const query = readQuery(draft, value, 'team');
    if (query) draft.unresolved.push({ kind: 'team', path: 'team', query });
    return;
  }
  const isList = Array.isArray(value);
  const teams = new Set<string>();
  for (const [index, element] of (isList ? value : [value]).entries()) {
    const path = isList ? joinPath('team', index) : 'team';
    const text = identifierText(element);
    if (text === undefined || text === '') draft.problems.push({ path, message: 'must be the identifier of a team' });
    else if (!isStorableText(text)) draft.problems.push({ path, ...unstorableText });
    else teams.add(text);
  }
  draft.content.team = [...teams];
}

function readQuery(draft: Draft, value: unknown, path: string): ParsedQuery | undefined {
  const query = parseQuery(value);
  if (query.ok) return query.value;
  draft.problems.push(...under(path, query.problems));
  return undefined;
}
