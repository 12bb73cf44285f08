import type { ParsedQuery } from '../query/parsed-query.ts';
import type { EntityContent } from './entity.ts';

/** Something a search has to find first. `path` is where in the input it stood. */
export type Unresolved =
  /** Runs over the entity's own blueprint; exactly one match names the entity. */
  | { readonly kind: 'identifier'; readonly path: string; readonly query: ParsedQuery }
  /** Runs over `_team`. */
  | { readonly kind: 'team'; readonly path: string; readonly query: ParsedQuery }
  /** Runs over the target blueprint; a single relation takes the first match or none, a many relation up to 100. */
  | {
      readonly kind: 'relation';
      readonly path: string;
      readonly relation: string;
      readonly target: string;
      readonly many: boolean;
      readonly query: ParsedQuery;
    };

/** An accepted input. `identifier` is absent when the caller has to generate or to find one. */
export interface ParsedEntity {
  readonly content: Omit<EntityContent, 'identifier'> & { identifier: string | undefined };
  readonly unresolved: readonly Unresolved[];
}
