import type { IngestResult, VisitedLocation } from './ingest.ts';

/** An entity that an earlier walk of the same roots took. */
export interface EarlierEntity {
  readonly ref: string;
  /** The location it was taken from: its `managed-by-location`. */
  readonly location: string;
  /** The root that led there, its `managed-by-origin-location`. Where it is not known, any doubt counts. */
  readonly origin?: string;
}

/**
 * Which entities of earlier walks this walk shows to be gone. Silence is no proof. An entity stays
 * - when a problem names it,
 * - when its file could not be read, or holds a document too broken to have a name,
 * - when its file was not visited and the walk from its root was not whole: something on the way could not be read, or
 *   may have been a Location that is broken now. What fails on the web casts doubt on everything from the web.
 */
export function vanishedEntities<T extends EarlierEntity>(result: IngestResult, earlier: Iterable<T>): T[] {
  const present = new Set(result.entities.map((entity) => entity.ref));
  const named = new Set(result.problems.flatMap((problem) => problem.entityRef ?? []));
  const visits = new Map(result.locations.map((visit) => [visit.location, visit]));
  const doubts = findDoubts(result);

  return [...earlier].filter(({ ref, location, origin }) => {
    if (present.has(ref) || named.has(ref)) return false;
    const visit = visits.get(location);
    if (visit) return visit.outcome === 'absent' || (visit.outcome === 'read' && visit.nameless === 0);
    if (doubts.everywhere || (doubts.onTheWeb && location.startsWith('url:'))) return false;
    return origin === undefined ? doubts.origins.size === 0 : !doubts.origins.has(origin);
  });
}

interface Doubts {
  readonly everywhere: boolean;
  readonly onTheWeb: boolean;
  /** Roots whose walk was not whole. */
  readonly origins: ReadonlySet<string>;
}

function findDoubts({ locations, problems }: IngestResult): Doubts {
  const unread = locations.filter(({ outcome }) => outcome === 'failed' || outcome === 'refused');
  // A pattern that could not be expanded leaves no visit, only a problem in the file that has it.
  const unexpanded = new Set(problems.filter(({ code }) => code === 'target_failed').map(({ file }) => file));
  const isDoubtful = (visit: VisitedLocation) =>
    unread.includes(visit) || visit.nameless > 0 || unexpanded.has(visit.target);
  return {
    everywhere: problems.some(({ code }) => code === 'limit_reached'),
    onTheWeb: unread.some(({ location }) => location.startsWith('url:')),
    origins: new Set(locations.filter(isDoubtful).map(({ origin }) => origin)),
  };
}
