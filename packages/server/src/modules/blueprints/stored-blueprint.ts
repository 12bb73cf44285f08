import type { Blueprint, BlueprintAnswer, OwnPermissions } from '@gantry/core';

/**
 * A blueprint as it is stored. `revision` grows with every change, of its permissions too; who writes entities proves
 * to know the newest.
 */
export interface StoredBlueprint {
  readonly id: number;
  readonly identifier: string;
  readonly definition: Blueprint;
  /** As much as somebody has set; `grantsOf` says what holds. */
  readonly permissions: OwnPermissions;
  readonly revision: number;
  /** Built in: it can be extended, but neither deleted nor renamed. */
  readonly isSystem: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** The wire form: the definition and the four meta fields. */
export function presentBlueprint(stored: StoredBlueprint): BlueprintAnswer {
  return {
    ...stored.definition,
    createdAt: stored.createdAt.toISOString(),
    createdBy: stored.createdBy,
    updatedAt: stored.updatedAt.toISOString(),
    updatedBy: stored.updatedBy,
  };
}
