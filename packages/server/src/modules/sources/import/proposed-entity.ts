import { createHash } from 'node:crypto';
import type { Blueprint } from '@gantry/core';
import {
  blueprintOfKind,
  type IngestedEntity,
  type MappedEntity,
  type SourcePlace,
  toGantry,
} from '@gantry/core/backstage';
import type { Origin } from '../../entities/index.ts';
import type { Reading } from '../reading.ts';

/** An entity as a file proposes it, laid out over its blueprint. */
export interface ProposedEntity {
  readonly ref: string;
  readonly mapped: MappedEntity;
  readonly place: SourcePlace;
  /** The location reference of its file. */
  readonly location: string;
  readonly origin: Origin;
  readonly contentHash: string;
  /** Characters of its JSON, as a measure of its weight. */
  readonly size: number;
}

export function proposeEntity(
  reading: Reading,
  { ref, entity, place }: IngestedEntity,
  blueprints: ReadonlyMap<string, Blueprint>,
): ProposedEntity {
  const blueprint = blueprints.get(blueprintOfKind(entity.kind));
  if (!blueprint) throw new Error(`The plan of the model left out the kind ${entity.kind}.`);
  const mapped = toGantry(entity, blueprint);
  const text = JSON.stringify(mapped);
  const location = reading.reader.locate(place.file);
  return {
    ...{ ref, mapped, place, location },
    origin: originOf(reading, ref, place, location),
    contentHash: createHash('sha256').update(text).digest('base64url'),
    size: text.length,
  };
}

/** One origin for each entity of a source: its place may move, and what came from it still comes from there. */
function originOf({ source, commit }: Reading, ref: string, place: SourcePlace, location: string): Origin {
  return {
    kind: 'file',
    key: `${source.id} ${ref}`,
    label: place.file,
    ...(location.startsWith('url:') && { url: location.slice('url:'.length) }),
    record: { source: source.key, ...place, ...(commit !== undefined && { commit }) },
  };
}
