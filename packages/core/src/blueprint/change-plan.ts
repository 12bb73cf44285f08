/**
 * What a new version of a blueprint does to the entities stored under the old one. `path` is where in the blueprint;
 * `destructive` effects lose values that only history still has.
 */
export type BlueprintEffect = {
  readonly path: string;
  readonly message: string;
  readonly destructive: boolean;
} & (
  | { readonly kind: 'blueprint-renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'property-renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'relation-renamed'; readonly from: string; readonly to: string }
  /** The values of `property` go. */
  | { readonly kind: 'property-dropped'; readonly property: string }
  /** The values of `property` go, because values of the old type mean nothing in the new one. */
  | { readonly kind: 'property-retyped'; readonly property: string; readonly from: string; readonly to: string }
  /** Stored values stay; those that break the new constraints are refused only when they are next written. */
  | { readonly kind: 'property-narrowed'; readonly property: string }
  /** Stored entities without a value stay as they are until they are next written. */
  | { readonly kind: 'property-now-required'; readonly property: string }
  | { readonly kind: 'relation-dropped'; readonly relation: string }
  /** The values of `relation` go, because they name entities of the old target. */
  | { readonly kind: 'relation-retargeted'; readonly relation: string; readonly from: string; readonly to: string }
  /** Single values become lists of one. */
  | { readonly kind: 'relation-widened'; readonly relation: string }
  /** Lists become their first element; what comes after it goes. */
  | { readonly kind: 'relation-narrowed'; readonly relation: string }
  | { readonly kind: 'relation-now-required'; readonly relation: string }
);
