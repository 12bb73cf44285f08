import { isPlainObject, own } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem, under } from '../problem.ts';
import { isStorableText, unstorableText } from '../property/storable.ts';
import { accepted, PROBLEM_LIMIT, type Result, refused } from '../result.ts';
import type { CompiledBlueprint } from './compiled-blueprint.ts';
import type { Draft } from './draft.ts';
import type { EntityContent } from './entity.ts';
import { identifyEntity } from './identifier.ts';
import { parseRelation, parseTeam } from './parse-links.ts';
import type { ParsedEntity } from './parsed-entity.ts';

/** `replace`: what the input leaves out is reset; `merge`: it stays. To create is to replace nothing. */
export type WriteMode = 'replace' | 'merge';

type Input = Readonly<Record<string, unknown>>;

/**
 * Reads what a caller sends for one entity of a blueprint: the content to store, or everything wrong with it. Defaults
 * fill what is absent (not what is null) unless an existing entity is merged into; null clears; required properties and
 * relations must end up with a value. Searches in place of identifiers, teams and relations come back as `unresolved`,
 * to be settled with `settleEntity`. `identifier` is undefined when the input has none. Values are not copied: the
 * content shares them with the input, and nobody changes either. Source: port-api.md §4.1–4.4.
 */
export function parseEntity(
  compiled: CompiledBlueprint,
  input: unknown,
  existing: EntityContent | null,
  mode: WriteMode,
): Result<ParsedEntity> {
  if (!isPlainObject(input)) return refused([{ path: '', message: 'An entity must be an object' }]);
  const draft = startDraft(compiled, existing, mode);
  readIdentity(draft, input, existing);
  readHead(draft, input.title, 'title');
  readHead(draft, input.icon, 'icon');
  parseTeam(draft, input.team);
  const properties = sectionOf(draft, input, 'properties');
  readProperties(draft, compiled, properties);
  readRelations(draft, compiled, sectionOf(draft, input, 'relations'));
  if (existing === null || mode === 'replace') fillDefaults(draft, compiled, properties);
  checkRequired(draft, compiled);
  return draft.problems.length > 0 ? refused(draft.problems) : accepted(draft);
}

function startDraft(compiled: CompiledBlueprint, existing: EntityContent | null, mode: WriteMode): Draft {
  const kept = mode === 'merge' ? existing : null;
  const content = {
    identifier: existing?.identifier,
    title: kept?.title ?? null,
    icon: kept?.icon ?? null,
    team: kept?.team ?? [],
    properties: kept ? keepKnown(kept.properties, compiled.properties) : {},
    relations: kept ? keepKnown(kept.relations, compiled.relations) : {},
  };
  return { content, problems: [], unresolved: [] };
}

/** What the blueprint no longer has does not survive a write. */
function keepKnown<T>(values: Readonly<Record<string, T>>, known: ReadonlyMap<string, unknown>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key)));
}

function readIdentity(draft: Draft, input: Input, existing: EntityContent | null): void {
  const identity = identifyEntity(input);
  if (!identity.ok) draft.problems.push(...identity.problems);
  else if (identity.value.kind === 'named') draft.content.identifier = identity.value.identifier;
  else if (identity.value.kind === 'searched' && existing === null) {
    draft.unresolved.push({ kind: 'identifier', path: 'identifier', query: identity.value.query });
  }
}

function readHead(draft: Draft, value: unknown, key: 'title' | 'icon'): void {
  if (value === undefined) return;
  const text = typeof value === 'number' ? String(value) : value;
  if (text !== null && typeof text !== 'string') draft.problems.push({ path: key, message: 'must be a text or null' });
  else if (text !== null && !isStorableText(text)) draft.problems.push({ path: key, ...unstorableText });
  else draft.content[key] = text;
}

const nothing: Input = {};

function sectionOf(draft: Draft, input: Input, section: 'properties' | 'relations'): Input {
  const given = input[section];
  if (given === undefined || given === null) return nothing;
  if (isPlainObject(given)) return given;
  draft.problems.push({ path: section, message: 'must be an object' });
  return nothing;
}

function readProperties(draft: Draft, compiled: CompiledBlueprint, given: Input): void {
  const { properties } = draft.content;
  for (const key of Object.keys(given)) {
    const value = given[key];
    const property = compiled.properties.get(key);
    if (draft.problems.length > PROBLEM_LIMIT) return;
    if (property === undefined) draft.problems.push(unknownKey(compiled, 'properties', key));
    else if (value === null) delete properties[key];
    else if (value !== undefined) {
      const found = property.check(value);
      if (found.length > 0) draft.problems.push(...under(property.path, found));
      properties[key] = value;
    }
  }
}

function readRelations(draft: Draft, compiled: CompiledBlueprint, given: Input): void {
  for (const key of Object.keys(given)) {
    const relation = compiled.relations.get(key);
    if (draft.problems.length > PROBLEM_LIMIT) return;
    if (relation) parseRelation(draft, relation, given[key]);
    else draft.problems.push(unknownKey(compiled, 'relations', key));
  }
}

function unknownKey(compiled: CompiledBlueprint, section: 'properties' | 'relations', key: string): Problem {
  const path = joinPath(section, key);
  if (section === 'properties' && compiled.derived.has(key)) {
    return { path, message: 'is computed from other data and cannot be written', remedy: 'Leave it out.' };
  }
  const noun = section === 'properties' ? 'property' : 'relation';
  const message = `Blueprint \`${compiled.blueprint.identifier}\` has no ${noun} \`${key.slice(0, 100)}\``;
  return { path, message, ...didYouMean(key, compiled[section].keys()) };
}

function fillDefaults(draft: Draft, compiled: CompiledBlueprint, given: Input): void {
  const { properties } = draft.content;
  for (const property of compiled.defaulted) {
    if (own(given, property.key) === undefined) properties[property.key] = property.default;
  }
}

function checkRequired({ content, problems, unresolved }: Draft, compiled: CompiledBlueprint): void {
  for (const { key, path } of compiled.requiredProperties) {
    if (own(content.properties, key) === undefined) problems.push(missing(path));
  }
  for (const { key, path } of compiled.requiredRelations) {
    if (own(content.relations, key) !== undefined) continue;
    const isPending = unresolved.some((pending) => pending.path === path);
    const isReported = problems.some((problem) => problem.path === path || problem.path.startsWith(`${path}.`));
    if (!isPending && !isReported) problems.push(missing(path));
  }
}

export function missing(path: string): Problem {
  return { path, message: 'is required and has no value', remedy: 'Send a value for it.' };
}
