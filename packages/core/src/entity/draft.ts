import type { Problem } from '../problem.ts';
import type { ParsedEntity, Unresolved } from './parsed-entity.ts';

/** An entity while it is being read; problems are collected, never thrown. */
export interface Draft {
  readonly content: ParsedEntity['content'];
  readonly problems: Problem[];
  readonly unresolved: Unresolved[];
}
