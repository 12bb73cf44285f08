import type { Draft, Room, Rooms } from '../draft/draft.ts';

export type DerivedRoom = Exclude<Room, 'properties' | 'relations'>;

export interface DerivedDialogProps<R extends DerivedRoom> {
  draft: Draft;
  /** The definition being edited; absent for a new one. */
  editKey: string | undefined;
  onSave: (key: string, definition: Rooms[R]) => void;
  onClose: () => void;
}
