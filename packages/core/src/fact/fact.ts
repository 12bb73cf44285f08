/**
 * The closed list of facts that can happen, past tense. A fact names one blueprint and a set of entities, because
 * writes are set-based: one bulk upsert is one fact per blueprint and kind of change, never one per entity.
 */
export const factKinds = [
  'blueprint.created',
  'blueprint.updated',
  'blueprint.deleted',
  'entities.created',
  'entities.updated',
  'entities.deleted',
  'entities.restored',
  'import.finished',
  'location.refreshed',
] as const;
export type FactKind = (typeof factKinds)[number];

export interface Fact {
  readonly kind: FactKind;
  /** Identifier of the blueprint concerned; absent for facts about imports and locations. */
  readonly blueprint?: string;
  /** Identifiers of the entities concerned; renamed entities appear under their new identifier. */
  readonly entities?: readonly string[];
  /** Anything else the fact says; small, JSON, no secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}
