import type { Answer, getProvenance } from '@gantry/contract';

export type Provenance = Omit<Answer<typeof getProvenance>, 'ok'>;
export type Sighting = Provenance['sightings'][number];
export type ValueOrigin = Provenance['properties'][string];

/** The state of an entity's sources in one word, for the dot in its header. */
export interface Freshness {
  state: 'fresh' | 'stale' | 'broken' | 'manual';
  /** One sentence for the tooltip and for screen readers. */
  sentence: string;
  seenAt?: string;
}

/** What the sources say about an entity as a whole. Entered by hand means that no source vouches for it. */
export function freshness({ sightings, problems }: Provenance): Freshness {
  const [problem] = problems;
  const live = sightings.filter(({ stale }) => !stale);
  const seenAt = sightings
    .map(({ lastSeenAt }) => lastSeenAt)
    .sort()
    .at(-1);
  const moment = seenAt ? { seenAt } : {};
  if (problem) {
    const place = problem.line === undefined ? problem.file : `${problem.file}, line ${problem.line}`;
    return {
      state: 'broken',
      sentence: `Its source could not be read (${place}); the last good version is shown.`,
      ...moment,
    };
  }
  if (sightings.length === 0)
    return { state: 'manual', sentence: 'Entered by hand or through the API; no source vouches for it.' };
  const names = (list: readonly Sighting[]) => list.map(({ source }) => source.label).join(', ');
  if (live.length === 0) return { state: 'stale', sentence: `No longer in ${names(sightings)}.`, ...moment };
  return { state: 'fresh', sentence: `Vouched for by ${names(live)}.`, ...moment };
}

/** The origin of one property or relation; falls back to what wrote the rest of the entity. */
export function originOf(provenance: Provenance | undefined, path: string): ValueOrigin | undefined {
  const { properties } = provenance ?? {};
  return properties?.[path] ?? properties?.[path.slice(path.indexOf('.') + 1)] ?? properties?.['*'];
}

/** Where exactly inside the source, as people write it: `catalog-info.yaml, document 2, line 14`. */
export function recordPlace(record: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (!record) return undefined;
  const { file, path, document, line } = record;
  const name = [file, path].find((value) => typeof value === 'string' && value !== '');
  const parts = [
    name,
    typeof document === 'number' ? `document ${document}` : undefined,
    typeof line === 'number' ? `line ${line}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** Values that came from the same place at the same time. */
export interface OriginGroup<T> {
  origin: ValueOrigin | undefined;
  values: T[];
}

/** Gathers values by where they came from, the largest group first; what was not recorded comes last. */
export function groupByOrigin<T extends { path: string }>(
  provenance: Provenance,
  values: readonly T[],
): OriginGroup<T>[] {
  const groups = Map.groupBy(values, ({ path }) => JSON.stringify(originOf(provenance, path) ?? null));
  return [...groups.values()]
    .map((members) => ({ origin: originOf(provenance, members[0]?.path ?? ''), values: members }))
    .sort((a, b) => Number(!a.origin) - Number(!b.origin) || b.values.length - a.values.length);
}
