import type {
  AggregationProperty,
  BlueprintInput,
  CalculationProperty,
  MirrorProperty,
  Property,
  Relation,
} from '@gantry/core';

/**
 * A blueprint being edited: the document itself, so that the form and the JSON view edit the same thing. Every edit
 * returns a new document in which whatever was not touched keeps its place, unknown keys included.
 */
export type Draft = BlueprintInput;

/** The maps of a blueprint that hold named definitions. */
export interface Rooms {
  properties: Property;
  relations: Relation;
  mirrorProperties: MirrorProperty;
  calculationProperties: CalculationProperty;
  aggregationProperties: AggregationProperty;
}
export type Room = keyof Rooms;
export const rooms = [
  'properties',
  'relations',
  'mirrorProperties',
  'calculationProperties',
  'aggregationProperties',
] as const satisfies readonly Room[];

/** What the server adds to a blueprint and an author does not write. */
const additions = new Set([
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'entityCount',
  'staleCount',
  'system',
  'lastUpdatedAt',
  'ok',
]);

/** What a reader looks for first; everything else follows in the order it came. */
const leading = ['identifier', 'title', 'description', 'icon', 'schema', 'relations'];

/** The author's document in what the API answered. */
export function draftOf(blueprint: object): Draft {
  const entries = Object.entries(blueprint).filter(([key]) => !additions.has(key));
  const place = (key: string) => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  return Object.fromEntries(entries.sort(([a], [b]) => place(a) - place(b))) as Draft;
}

export function emptyDraft(): Draft {
  return { identifier: '', title: '', icon: '', schema: { properties: {}, required: [] }, relations: {} };
}

/** The one way a blueprint is written as text. Form and JSON view agree because both go through here. */
export function formatDraft(draft: Draft): string {
  return `${JSON.stringify(draft, null, 2)}\n`;
}

export function roomOf<R extends Room>(draft: Draft, room: R): Record<string, Rooms[R]> {
  const map = room === 'properties' ? draft.schema?.properties : draft[room as Exclude<Room, 'properties'>];
  return (map ?? {}) as Record<string, Rooms[R]>;
}

/** The definition of a key, never something inherited by the map it lies in. */
export function definitionAt<R extends Room>(draft: Draft, room: R, key: string): Rooms[R] | undefined {
  const map = roomOf(draft, room);
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function withRoom<R extends Room>(draft: Draft, room: R, map: Record<string, Rooms[R]>): Draft {
  if (room !== 'properties') return { ...draft, [room]: map };
  return { ...draft, schema: { ...draft.schema, properties: map as Record<string, Property> } };
}

/** Adds a definition at the end, or replaces the one of that key where it stands. */
export function putDefinition<R extends Room>(draft: Draft, room: R, key: string, definition: Rooms[R]): Draft {
  return withRoom(draft, room, { ...roomOf(draft, room), [key]: definition });
}

export function removeDefinition(draft: Draft, room: Room, key: string): Draft {
  const { [key]: _, ...rest } = roomOf(draft, room);
  const without = withRoom(draft, room, rest);
  return room === 'properties' ? setRequired(without, key, false) : without;
}

/** Moves a definition `by` places within its room; beyond the ends it stops there. */
export function moveDefinition(draft: Draft, room: Room, key: string, by: number): Draft {
  const entries = Object.entries(roomOf(draft, room));
  const from = entries.findIndex(([name]) => name === key);
  const [entry] = from < 0 ? [] : entries.splice(from, 1);
  if (!entry) return draft;
  entries.splice(Math.max(0, Math.min(entries.length, from + by)), 0, entry);
  return withRoom(draft, room, Object.fromEntries(entries));
}

export function isRequired(draft: Draft, key: string): boolean {
  return draft.schema?.required?.includes(key) ?? false;
}

export function setRequired(draft: Draft, key: string, required: boolean): Draft {
  const before = draft.schema?.required ?? [];
  if (before.includes(key) === required) return draft;
  const after = required ? [...before, key] : before.filter((name) => name !== key);
  return { ...draft, schema: { ...draft.schema, required: after } };
}

/**
 * Gives a definition another key in its place, and lets what the document itself says about it follow: the required
 * list, and mirror paths that start with a renamed relation.
 */
export function renameDefinition(draft: Draft, room: Room, from: string, to: string): Draft {
  const entries = Object.entries(roomOf(draft, room)).map(([key, value]) => [key === from ? to : key, value] as const);
  const renamed = withRoom(draft, room, Object.fromEntries(entries));
  if (room === 'properties' && isRequired(draft, from)) {
    const required = (draft.schema?.required ?? []).map((key) => (key === from ? to : key));
    return { ...renamed, schema: { ...renamed.schema, required } };
  }
  if (room !== 'relations' || !draft.mirrorProperties) return renamed;
  const mirrors = Object.entries(draft.mirrorProperties).map(([key, mirror]) => {
    const [first, ...rest] = mirror.path.split('.');
    return [key, first === from ? { ...mirror, path: [to, ...rest].join('.') } : mirror];
  });
  return { ...renamed, mirrorProperties: Object.fromEntries(mirrors) };
}

/** A definition without the keys that are unset, so that the form leaves no `undefined` and no empty text behind. */
export function tidy<T extends object>(definition: T): T {
  const kept = Object.entries(definition).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as T;
}
