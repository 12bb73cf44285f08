/**
 * How the walk reaches files. A *target* is an absolute address in the reader's own terms: a path below the root of a
 * bundle, or an `https:` URL. The reader is the cage: it alone decides what may be read, and everything that reads
 * files (bundles, Git, HTTP) is one of these.
 */
export interface IngestReader {
  /** Reads one file. Never throws for what can go wrong with a file; a throw is a defect. */
  read(target: string): Promise<ReadAnswer>;
  /** The targets that match an absolute pattern holding `*`, `**` or `?`, in a stable order. */
  glob(pattern: string): Promise<GlobAnswer>;
  /** Makes a reference absolute against the file that holds it. Refuses what leaves the reader's cage. */
  resolve(base: string, reference: string): ResolveAnswer;
  /** The location reference people know the target by: `url:https://…` or `file:…`. */
  locate(target: string): string;
}

export interface Unreadable {
  ok: false;
  /** `absent`: it is certainly not there. `refused`: it may not be read. `failed`: it could not be read this time. */
  reason: 'absent' | 'refused' | 'failed';
  message: string;
  remedy?: string;
}

export type ReadAnswer = { ok: true; text: string } | Unreadable;
export type GlobAnswer = { ok: true; targets: readonly string[] } | Unreadable;
export type ResolveAnswer = { ok: true; target: string } | Unreadable;
