import type { EntityInput } from '@gantry/core';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';

/** An entity as the form edits it. Unset properties and relations have no key. */
export interface Draft {
  identifier: string;
  title: string;
  team: string[];
  properties: Record<string, unknown>;
  /** Identifiers; one for a single relation, a list for a many. */
  relations: Record<string, string | string[]>;
}

/** A new entity, with the defaults the blueprint declares. */
export function emptyDraft(blueprint: ModelBlueprint): Draft {
  const defaults = Object.entries(blueprint.schema.properties).flatMap(([key, property]) =>
    property.default === undefined ? [] : [[key, property.default] as const],
  );
  return { identifier: '', title: '', team: [], properties: Object.fromEntries(defaults), relations: {} };
}

/** A stored entity, as far as people may write it: computed values are left out. */
export function draftOf(entity: Entity, blueprint: ModelBlueprint): Draft {
  const own = Object.keys(blueprint.schema.properties);
  const properties = own.filter((key) => isSet(entity.properties[key])).map((key) => [key, entity.properties[key]]);
  const relations = Object.keys(blueprint.relations)
    .map((key) => [key, namesIn(entity.relations[key])] as const)
    .filter(([, names]) => isSet(names));
  return {
    identifier: entity.identifier,
    title: entity.title,
    team: [...entity.team],
    properties: Object.fromEntries(properties),
    relations: Object.fromEntries(relations),
  };
}

/** Identifiers in a relation's value, which may come with titles attached. */
function namesIn(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value === 'object' && value !== null && 'identifier' in value) return String(value.identifier);
  return typeof value === 'string' ? value : [];
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** What creating it sends. An empty identifier is left to the server. */
export function creation({ identifier, title, team, properties, relations }: Draft): EntityInput {
  return { ...(identifier ? { identifier } : {}), ...(title ? { title } : {}), team, properties, relations };
}

/** Only what differs, so that an edit does not undo what somebody else changed meanwhile; null clears. */
export function changes(before: Draft, after: Draft): EntityInput {
  const properties = differing(before.properties, after.properties);
  const relations = differing(before.relations, after.relations);
  return {
    ...(before.identifier === after.identifier ? {} : { identifier: after.identifier }),
    ...(before.title === after.title ? {} : { title: after.title || null }),
    ...(same(before.team, after.team) ? {} : { team: after.team }),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(Object.keys(relations).length > 0 ? { relations } : {}),
  };
}

function differing(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !same(before[key], after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key] ?? null]));
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Sets a key, or takes it away when there is no value. */
export function withValue<T>(values: Record<string, T>, key: string, value: T | null | undefined): Record<string, T> {
  const { [key]: _, ...rest } = values;
  return isSet(value) ? { ...rest, [key]: value as T } : rest;
}

/** A name made of a title: lower case, words joined by dashes, letters of any script kept. */
export function identifierFrom(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100);
}

/** Reads the JSON view. */
export function parseDraft(text: string): { draft: Draft } | { reason: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : '' };
  }
  if (!isRecord(value)) return { reason: undefined };
  const { identifier = '', title = '', team = [], properties = {}, relations = {} } = value;
  const sound =
    typeof identifier === 'string' &&
    isRecord(properties) &&
    isRecord(relations) &&
    (Array.isArray(team) || typeof team === 'string');
  if (!sound) return { reason: undefined };
  return {
    draft: {
      identifier,
      title: typeof title === 'string' ? title : '',
      team: [team].flat().map(String),
      properties: Object.fromEntries(Object.entries(properties).filter(([, each]) => each !== null)),
      relations: Object.fromEntries(
        Object.entries(relations)
          .filter(([, each]) => each !== null)
          .map(([key, each]) => [key, Array.isArray(each) ? each.map(String) : String(each)]),
      ),
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
