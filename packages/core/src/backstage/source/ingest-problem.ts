/** What a problem of ingestion is about. Closed: texts and pages of the docs hang on it. */
export type IngestProblemCode =
  | 'invalid_yaml'
  | 'not_an_entity'
  | 'invalid_entity'
  | 'unknown_kind_version'
  | 'placeholder_failed'
  | 'conflict'
  | 'target_absent'
  | 'target_refused'
  | 'target_failed'
  | 'limit_reached';

/** One thing that was not taken: where, why, and what to do. The last good version of the entity stays. */
export interface IngestProblem {
  readonly code: IngestProblemCode;
  /** The target as the reader knows it. */
  readonly file: string;
  /** Which document of the file, from 1; absent when the whole file is meant. */
  readonly document?: number;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** `kind:namespace/name`, when the document got far enough to have one. */
  readonly entityRef?: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Where something was read. */
export interface SourcePlace {
  readonly file: string;
  readonly document: number;
  readonly line: number;
}
