import type { Actor, Refusal } from '@gantry/core';
import type { Origin } from './origins.ts';

/** One entity somebody wants written. */
export interface EntityWrite {
  /** Identifier of the blueprint it belongs to. */
  readonly blueprint: string;
  /** As it arrived: checked against the blueprint, not before. */
  readonly input: unknown;
  /** `create`: refused when it exists; `replace`: what is left out is reset; `merge`: what is left out stays. */
  readonly mode: 'create' | 'replace' | 'merge';
  /** The identifier it is stored under, when the address says it; another one in the input then renames it. */
  readonly at?: string | undefined;
  /** With `at`: refused when nothing is stored there, instead of created. */
  readonly mustExist?: boolean | undefined;
  /** Where this one comes from, when not from where the whole batch does. */
  readonly origin?: Origin | undefined;
  /** How the data source knows it; kept with the sighting. */
  readonly seenAs?: SeenAs | undefined;
}

/** What a data source calls an entity, where it stood inside the source, and what it said, as a hash. */
export interface SeenAs {
  readonly ref: string;
  readonly location: string;
  readonly contentHash: string;
}

/** Who writes a batch, on whose word, and in which dialect. */
export interface WriteContext {
  readonly actor: Actor;
  readonly origin: Origin;
  /** The writer's User-Agent: Port's `$datasource`. */
  readonly datasource: string;
  /** A relation to nothing: `refuse` it as `not_found`, or `allow` it to wait for its target. */
  readonly dangling: 'refuse' | 'allow';
  /** A relation to nothing creates a bare entity there. */
  readonly createMissing?: boolean | undefined;
  /** Check everything, keep nothing. */
  readonly validationOnly?: boolean | undefined;
  /** Let each outcome carry the entity as it is read. */
  readonly withDocuments?: boolean | undefined;
  /** Follows from what the actor was granted elsewhere, and is not decided again. */
  readonly isConsequence?: boolean | undefined;
  /** The data source that vouches for these entities from now on. */
  readonly sourceId?: number | undefined;
}

export interface Written {
  readonly ok: true;
  readonly id: string;
  readonly blueprint: string;
  readonly identifier: string;
  readonly created: boolean;
  readonly changed: boolean;
  /** JSON text, with `withDocuments`. */
  readonly document?: string | undefined;
}

export interface NotWritten {
  readonly ok: false;
  /** `unknown` when the input named its entity by a search. */
  readonly identifier: string;
  readonly refusal: Refusal;
}

/** What became of one write, in the place of the write. */
export type WriteOutcome = Written | NotWritten;
