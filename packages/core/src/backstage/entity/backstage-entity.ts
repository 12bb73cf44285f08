/**
 * A Backstage entity: the document somebody wrote, with its namespace filled in. Only the envelope is typed; what a
 * `spec` may hold is the business of each kind (`kinds.ts`), and unknown keys of `metadata` and `spec` are kept.
 */
export interface BackstageEntity {
  apiVersion: string;
  kind: string;
  metadata: EntityMetadata;
  spec?: Record<string, unknown>;
}

export interface EntityMetadata {
  name: string;
  namespace?: string;
  title?: string;
  description?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  tags?: string[];
  links?: EntityLink[];
  [key: string]: unknown;
}

export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

export const DEFAULT_NAMESPACE = 'default';
