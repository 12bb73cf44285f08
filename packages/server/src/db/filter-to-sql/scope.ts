import type { Blueprint } from '@gantry/core';
import type { RawBuilder } from 'kysely';
import type { Condition } from './condition.ts';

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

/**
 * What somebody sees, as SQL. Conditions are on rows `e` of `entity`, of the blueprint they are asked for. Every read
 * that answers a person goes through one: a property, a relation or a row that is looked at without asking is a leak.
 */
export interface SqlSight {
  /** Which rows of a blueprint are seen. */
  rows(blueprint: KnownBlueprint): Condition;
  /** With which of those rows a property is seen, own or derived. */
  property(blueprint: KnownBlueprint, key: string): Condition;
  relation(blueprint: KnownBlueprint, key: string): Condition;
  /** Which rows `r` of `relation`, values of a relation that is itself seen, name what is seen. */
  target(blueprint: KnownBlueprint, key: string): Condition;
  /** With which rows results of scorecards are seen. */
  scorecards(blueprint: KnownBlueprint): Condition;
  /** Stands in for the table `entity`, of all blueprints: only rows that are seen, and no column that could hide something. */
  readonly entities: RawBuilder<unknown>;
  /** Stands in for the table `relation`: only values of seen relations, between entities that are seen. */
  readonly relations: RawBuilder<unknown>;
  /** Stands in for the table `trash`. Whether a deleted entity is seen is told by what it was itself: its neighbours may have changed. */
  readonly trash: RawBuilder<unknown>;
}

/** Where a query runs, and for whose eyes: over the entities of one blueprint of the model. */
export interface FilterScope {
  readonly blueprint: KnownBlueprint;
  readonly model: KnownModel;
  readonly sight: SqlSight;
}
