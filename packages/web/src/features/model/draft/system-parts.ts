import { type Draft, type Room, roomOf } from './draft.ts';

/** Whether a definition belongs to the built-in part of a system blueprint, which may be read but not altered. */
export function isBuiltIn(structure: Draft | undefined, room: Room, key: string): boolean {
  return structure !== undefined && Object.hasOwn(roomOf(structure, room), key);
}
