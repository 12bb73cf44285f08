import type { IngestReport } from './ingest-report.ts';

/** `bundle`: files somebody sent. `location`: a URL that is read again by itself. `demo`: the demo organization. */
export type SourceKind = 'bundle' | 'location' | 'demo';
export type SourceStatus = 'waiting' | 'running' | 'ok' | 'failed';

/** Something that entities are read from and that vouches for them. */
export interface Source {
  readonly id: number;
  readonly kind: SourceKind;
  /** The root of a bundle, the URL of a location. */
  readonly key: string;
  readonly status: SourceStatus;
  readonly message: string | null;
  readonly failures: number;
  readonly createdAt: Date;
  readonly refreshedAt: Date | null;
  readonly report: IngestReport | null;
  readonly memory: Readonly<Record<string, unknown>>;
}

/** The User-Agent under which a source's entities are kept: Port's `$datasource`. */
export function datasourceOf({ kind, key }: Pick<Source, 'kind' | 'key'>): string {
  return kind === 'demo' ? 'gantry/demo' : `gantry/location/${key}`;
}
