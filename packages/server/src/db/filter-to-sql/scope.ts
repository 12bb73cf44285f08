import type { Blueprint } from '@gantry/core';

/** A blueprint with the number its rows are kept under. */
export interface KnownBlueprint {
  readonly id: number;
  readonly identifier: string;
  readonly definition: Blueprint;
}

/** All blueprints: paths may lead through any of them. */
export interface KnownModel {
  readonly all: readonly KnownBlueprint[];
  find(identifier: string): KnownBlueprint | undefined;
}

/** Where a query runs: over the entities of one blueprint of the model. */
export interface FilterScope {
  readonly blueprint: KnownBlueprint;
  readonly model: KnownModel;
}
