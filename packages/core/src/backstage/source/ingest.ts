import { type ExaminedEntity, type ExaminedFile, examineFile, type IngestedEntity } from './examine-file.ts';
import type { IngestProblem } from './ingest-problem.ts';
import { type LocationTarget, locationTargets } from './location-targets.ts';
import type { IngestReader, Unreadable } from './reader.ts';

export interface IngestLimits {
  /** How many Locations may stand between a root and a file. */
  depth: number;
  /** How many files one walk may read. */
  files: number;
  entities: number;
  /** How many files are read at once. */
  concurrency: number;
}

export const INGEST_LIMITS: IngestLimits = { depth: 32, files: 50_000, entities: 200_000, concurrency: 8 };

export interface IngestOptions extends Partial<IngestLimits> {
  /** Awaited before each file, so that whoever walks many files can attend to others in between. */
  readonly breathe?: () => Promise<void>;
}

/** A file the walk went to, and what pointed there. Roots have no parents. */
export interface VisitedLocation {
  readonly target: string;
  /** The location reference people know it by. */
  readonly location: string;
  /** That of the root whose walk came here first. */
  readonly origin: string;
  readonly outcome: 'read' | Unreadable['reason'];
  readonly parents: readonly string[];
  /** Documents that may be broken versions of entities, and whose name is not known. */
  readonly nameless: number;
}

export interface IngestResult {
  /** In the order of the walk: roots first, then what their Locations name, level by level. */
  readonly entities: readonly IngestedEntity[];
  readonly problems: readonly IngestProblem[];
  readonly locations: readonly VisitedLocation[];
  readonly documents: number;
}

/**
 * Walks from the roots through every Location they hold and takes what Backstage would take. Each target is visited
 * once, however many Locations name it. Nothing a file says makes this throw: what is wrong becomes a problem, and the
 * rest is taken. When two documents have one name, the first in the order of the walk keeps it.
 */
export async function ingest(
  roots: readonly string[],
  reader: IngestReader,
  { breathe = async () => {}, ...limits }: IngestOptions = {},
): Promise<IngestResult> {
  const walk = new Walk(reader, { ...INGEST_LIMITS, ...limits }, breathe);
  walk.startFrom(roots);
  while (walk.hasMore()) await walk.takeLevel();
  return walk.result();
}

/** A target that waits, and where it was named. */
interface Pointer {
  readonly target: string;
  /** Location of the root that led here. */
  readonly origin: string;
  readonly from?: { readonly entity: ExaminedEntity; readonly via: LocationTarget };
}

type Outcome = { pointer: Pointer } & ({ file: ExaminedFile } | { failure: Unreadable });

/** A visit while the walk goes on. */
interface Visit {
  outcome: VisitedLocation['outcome'];
  nameless: number;
  readonly origin: string;
  readonly parents: string[];
}

class Walk {
  readonly #reader: IngestReader;
  readonly #limits: IngestLimits;
  readonly #breathe: () => Promise<void>;
  readonly #visited = new Map<string, Visit>();
  readonly #entities = new Map<string, IngestedEntity>();
  readonly #problems: IngestProblem[] = [];
  #level: Pointer[] = [];
  #depth = 0;
  #documents = 0;
  #full = false;

  constructor(reader: IngestReader, limits: IngestLimits, breathe: () => Promise<void>) {
    this.#reader = reader;
    this.#limits = limits;
    this.#breathe = breathe;
  }

  startFrom(roots: readonly string[]): void {
    for (const target of roots) this.#enqueue({ target, origin: this.#reader.locate(target) });
  }

  hasMore(): boolean {
    return this.#level.length > 0;
  }

  async takeLevel(): Promise<void> {
    const level = this.#level;
    this.#level = [];
    this.#depth += 1;
    const outcomes = await mapConcurrently(level, this.#limits.concurrency, (pointer) => this.#visit(pointer));
    for (const outcome of outcomes) await this.#settle(outcome);
  }

  result(): IngestResult {
    const locations = [...this.#visited].map(([target, visit]) => ({
      target,
      location: this.#reader.locate(target),
      ...visit,
    }));
    return { entities: [...this.#entities.values()], problems: this.#problems, locations, documents: this.#documents };
  }

  async #visit(pointer: Pointer): Promise<Outcome> {
    await this.#breathe();
    const answer = await this.#reader.read(pointer.target);
    if (!answer.ok) return { pointer, failure: answer };
    return { pointer, file: await examineFile(answer.text, pointer.target, pointer.origin, this.#reader) };
  }

  async #settle(outcome: Outcome): Promise<void> {
    const { pointer } = outcome;
    const visit = this.#visited.get(pointer.target);
    if ('failure' in outcome) {
      if (visit) visit.outcome = outcome.failure.reason;
      this.#reportUnreadable(pointer, outcome.failure);
      return;
    }
    if (visit) visit.nameless = outcome.file.nameless;
    this.#documents += outcome.file.documents;
    this.#problems.push(...outcome.file.problems);
    for (const entity of outcome.file.entities) {
      if (this.#keep(entity) && entity.entity.kind === 'Location') await this.#follow(entity, pointer.origin);
    }
  }

  /** Takes the entity unless its name is taken. */
  #keep(found: ExaminedEntity): boolean {
    const { ref, entity, place } = found;
    const first = this.#entities.get(ref);
    if (first) {
      this.#problems.push(conflict(found, first));
      return false;
    }
    if (this.#entities.size >= this.#limits.entities) {
      this.#reportFull(place.file, `more than ${this.#limits.entities} entities`);
      return false;
    }
    this.#entities.set(ref, { ref, entity, place });
    return true;
  }

  async #follow(entity: ExaminedEntity, origin: string): Promise<void> {
    for (const via of await locationTargets(entity.entity, entity.place.file, this.#reader)) {
      const [first = via.written] = via.targets;
      if (via.failure) this.#reportUnreadable({ target: first, origin, from: { entity, via } }, via.failure);
      for (const target of via.targets) this.#enqueue({ target, origin, from: { entity, via } });
    }
  }

  #enqueue(pointer: Pointer): void {
    const { target, from } = pointer;
    const seen = this.#visited.get(target);
    if (seen) {
      if (from && !seen.parents.includes(from.entity.ref)) seen.parents.push(from.entity.ref);
      return;
    }
    if (this.#depth > this.#limits.depth) {
      this.#reportUnreadable(
        pointer,
        tooMuch(`more than ${this.#limits.depth} Locations stand before it`),
        'limit_reached',
      );
      return;
    }
    if (this.#visited.size >= this.#limits.files) {
      this.#reportFull(target, `more than ${this.#limits.files} files`);
      return;
    }
    const parents = from ? [from.entity.ref] : [];
    this.#visited.set(target, { outcome: 'read', parents, nameless: 0, origin: pointer.origin });
    this.#level.push(pointer);
  }

  /** Once: the rest of a flood would say the same. */
  #reportFull(file: string, what: string): void {
    if (this.#full) return;
    this.#full = true;
    const remedy = 'Import the folders one by one.';
    this.#problems.push({
      code: 'limit_reached',
      file,
      message: `one walk does not take ${what}`,
      remedy,
    });
  }

  /** A target that cannot be read is a fault of the Location that names it; a root stands for itself. */
  #reportUnreadable(
    { target, from }: Pointer,
    failure: Unreadable,
    code: IngestProblem['code'] = `target_${failure.reason}`,
  ): void {
    if (from?.via.optional && failure.reason === 'absent') return;
    const remedy = failure.remedy ?? (from ? 'Correct or remove the target.' : undefined);
    const common = { code, ...(remedy ? { remedy } : {}) } as const;
    if (!from) {
      this.#problems.push({ ...common, file: target, message: failure.message });
      return;
    }
    const { entity, via } = from;
    const { file, document } = entity.place;
    const line = entity.lineOf(via.path);
    const message = `the target ${via.written} leads nowhere: ${failure.message}`;
    this.#problems.push({ ...common, file, document, line, entityRef: entity.ref, message });
  }
}

function tooMuch(message: string): Unreadable {
  return { ok: false, reason: 'refused', message, remedy: 'Shorten the chain of Locations.' };
}

function conflict({ ref, entity, place }: ExaminedEntity, first: IngestedEntity): IngestProblem {
  const spelling =
    first.entity.metadata.name === entity.metadata.name
      ? ''
      : ' (names that differ only by letter case are the same name)';
  return {
    code: 'conflict',
    ...place,
    entityRef: ref,
    message: `${ref} was taken already from ${first.place.file}, line ${first.place.line}${spelling}`,
    remedy: 'Rename or remove one of the two; until then the first is kept.',
  };
}

/** Runs at most `limit` steps at a time and answers in the order of the items. */
async function mapConcurrently<T, R>(items: readonly T[], limit: number, step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await step(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
