import type { Actor } from '@gantry/core';
import type { IngestReader } from '@gantry/core/backstage';
import type { Origin } from '../entities/index.ts';
import type { Source } from './source.ts';

/** One reading of a source: where it starts, through what it reads, and on whose word. */
export interface Reading {
  readonly source: Source;
  readonly roots: readonly string[];
  readonly reader: IngestReader;
  readonly actor: Actor;
  /** What happens to entities that the source no longer has. */
  readonly missing: 'keep' | 'trash';
  /** The commit that was read, where there is one. */
  readonly commit?: string | undefined;
}

/** The origin of whatever the source as such does, and of entities before their own place is known. */
export function originOfSource({ id, key }: Source): Origin {
  return { kind: 'source', key: String(id), label: key };
}
