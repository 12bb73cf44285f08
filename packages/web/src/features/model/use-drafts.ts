import { useBlocker } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { type Draft, draftOf, formatDraft } from './draft/draft.ts';
import { draftChanges } from './draft/draft-changes.ts';

/** A blueprint under edit: what it was when the edit began, and what it is to become. */
export interface Edit {
  /** Absent for a blueprint that does not exist yet. */
  base?: Draft;
  /** The revision the edit began from: `updatedAt` as the server said it then. */
  baseAt?: string;
  draft: Draft;
}

export interface Drafts {
  /** The blueprint as it stands in the editor, edited or not. */
  editOf: (blueprint: ModelBlueprint) => Edit;
  newEdit: Edit | undefined;
  change: (identifier: string, edit: Edit) => void;
  startNew: (draft: Draft) => void;
  /** Forgets what was not saved; without an identifier the blueprint that does not exist yet. */
  discard: (identifier?: string) => void;
}

/** The place of the one blueprint that has no identifier on the server yet; no identifier can be empty. */
const NEW = '';

export function isChanged({ base, draft }: Edit): boolean {
  return base === undefined || formatDraft(base) !== formatDraft(draft);
}

export function countChanges({ base, draft }: Edit): number {
  return base === undefined ? 1 : draftChanges(base, draft).length;
}

/** Unsaved edits of any number of blueprints, kept while one walks about the model; leaving the page asks. */
export function useDrafts(): Drafts {
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const set = useCallback((identifier: string, edit: Edit | undefined) => {
    setEdits((before) => {
      const next = new Map(before);
      if (edit) next.set(identifier, edit);
      else next.delete(identifier);
      return next;
    });
  }, []);
  const isDirty = [...edits.values()].some(isChanged);
  useBlocker({
    shouldBlockFn: ({ next }) => isDirty && !next.pathname.startsWith('/build/model') && !confirm(LEAVE),
    enableBeforeUnload: () => isDirty,
  });
  return {
    editOf: (blueprint) => {
      const started = edits.get(blueprint.identifier);
      if (started && isChanged(started)) return started;
      const base = draftOf(blueprint);
      return { base, baseAt: blueprint.updatedAt, draft: base };
    },
    newEdit: edits.get(NEW),
    change: set,
    startNew: (draft) => set(NEW, { draft }),
    discard: (identifier = NEW) => set(identifier, undefined),
  };
}

const LEAVE = 'Changes to the data model are not saved. Leave and lose them?';
