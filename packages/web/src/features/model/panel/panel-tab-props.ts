import type { Draft } from '../draft/draft.ts';

/** What each tab of the panel is given. */
export interface PanelTabProps {
  draft: Draft;
  /** What the server has; absent for a blueprint that does not exist yet. */
  base: Draft | undefined;
  /** The built-in part of a system blueprint. */
  structure: Draft | undefined;
  mayWrite: boolean;
  onChange: (draft: Draft) => void;
  /** A rename the server has done already, `at` its revision: it belongs to the base as well as to the draft. */
  onRenamed: (rename: (draft: Draft) => Draft, at: string) => void;
  /** The text of the JSON view cannot be read, so nothing can be applied. */
  onUnreadable: (unreadable: boolean) => void;
}
