import { BLUEPRINT_IDENTIFIER, PROPERTY_KEY, PROPERTY_KEY_MAX, type Problem } from '@gantry/core';
import { type Draft, definitionAt, type Room, rooms } from './draft.ts';

const identifierPattern = new RegExp(BLUEPRINT_IDENTIFIER, 'u');
const keyPattern = new RegExp(PROPERTY_KEY);

export function identifierProblem(identifier: string): string | undefined {
  if (identifier === '') return 'Give it an identifier.';
  if (identifier.length > 100) return `Use at most 100 characters; these are ${identifier.length}.`;
  if (!identifierPattern.test(identifier)) return 'Use letters, digits and @ _ . + : \\ / - only.';
  return undefined;
}

/** What is wrong with a new key of a definition; keys share one namespace across properties and derived properties. */
export function keyProblem(draft: Draft, room: Room, key: string, current?: string): string | undefined {
  if (key === '') return 'Give it a key.';
  if (key.length > PROPERTY_KEY_MAX) return `Use at most ${PROPERTY_KEY_MAX} characters; these are ${key.length}.`;
  if (!keyPattern.test(key)) return 'Use letters, digits and @ _ = \\ - only.';
  const shared = room === 'relations' ? (['relations'] as const) : rooms.filter((name) => name !== 'relations');
  const taken = key !== current && shared.some((name) => definitionAt(draft, name, key) !== undefined);
  return taken ? `There is a ${room === 'relations' ? 'relation' : 'property'} "${key}" already.` : undefined;
}

export type ReadDraft = { ok: true; draft: Draft } | { ok: false; problems: Problem[] };

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the JSON view back. Only what the form needs in order to draw is asked for here; everything else is the
 * server's to judge, with all problems and paths at once.
 */
export function readDraft(text: string): ReadDraft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be parsed';
    return { ok: false, problems: [{ path: '', message: `This is not JSON: ${reason}` }] };
  }
  const problems = shapeProblems(value);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, draft: value as Draft };
}

function shapeProblems(value: unknown): Problem[] {
  if (!isMap(value)) return [{ path: '', message: 'A blueprint is a JSON object.' }];
  const problems: Problem[] = [];
  if (typeof value.identifier !== 'string') problems.push({ path: 'identifier', message: 'Must be text.' });
  const schema = value.schema ?? {};
  if (!isMap(schema)) return [...problems, { path: 'schema', message: 'Must be an object.' }];
  const required = schema.required ?? [];
  if (!Array.isArray(required)) problems.push({ path: 'schema.required', message: 'Must be a list of property keys.' });
  for (const room of rooms) {
    const path = room === 'properties' ? 'schema.properties' : room;
    const map = (room === 'properties' ? schema.properties : value[room]) ?? {};
    if (!isMap(map)) problems.push({ path, message: 'Must be an object of definitions by key.' });
    else problems.push(...definitionProblems(path, room, map));
  }
  return problems;
}

const mustHave: Partial<Record<Room, string>> = { relations: 'target', mirrorProperties: 'path' };

function definitionProblems(path: string, room: Room, map: Record<string, unknown>): Problem[] {
  return Object.entries(map).flatMap(([key, definition]) => {
    if (!isMap(definition)) return [{ path: `${path}.${key}`, message: 'Must be an object.' }];
    const field = mustHave[room];
    if (!field || typeof definition[field] === 'string') return [];
    return [{ path: `${path}.${key}.${field}`, message: 'Must be text.' }];
  });
}
