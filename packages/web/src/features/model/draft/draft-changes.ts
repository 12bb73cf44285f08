import { type Draft, definitionAt, isRequired, type Room, roomOf, rooms } from './draft.ts';

/** One line of "what you changed", before the server says what it would do. */
export interface DraftChange {
  verb: 'added' | 'changed' | 'removed';
  room: Room | 'blueprint';
  key: string;
  /** The keys of the definition that differ; empty for what was added or removed. */
  fields: string[];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function changedFields(before: object, after: object): string[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => !same(a[field], b[field]));
}

function roomChanges(before: Draft, after: Draft, room: Room): DraftChange[] {
  const keys = [...new Set([before, after].flatMap((draft) => Object.keys(roomOf(draft, room))))];
  return keys.flatMap((key): DraftChange[] => {
    const [was, is] = [definitionAt(before, room, key), definitionAt(after, room, key)];
    if (!was) return [{ verb: 'added', room, key, fields: [] }];
    if (!is) return [{ verb: 'removed', room, key, fields: [] }];
    const required = room === 'properties' && isRequired(before, key) !== isRequired(after, key) ? ['required'] : [];
    const fields = [...changedFields(was, is), ...required];
    return fields.length > 0 ? [{ verb: 'changed', room, key, fields }] : [];
  });
}

/** What differs between two versions of a blueprint; the order of keys is not a difference. */
export function draftChanges(before: Draft, after: Draft): DraftChange[] {
  const top = (draft: Draft) => {
    const { schema: _, ...rest } = draft;
    return Object.fromEntries(Object.entries(rest).filter(([key]) => !rooms.some((room) => room === key)));
  };
  const fields = changedFields(top(before), top(after));
  const blueprint: DraftChange[] =
    fields.length > 0 ? [{ verb: 'changed', room: 'blueprint', key: after.identifier, fields }] : [];
  return [...blueprint, ...rooms.flatMap((room) => roomChanges(before, after, room))];
}
