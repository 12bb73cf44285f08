import type { BlueprintInput, RelationValue } from '@gantry/core';

/** An entity of the story. Properties that are undefined are left out. */
export interface DemoEntity {
  readonly blueprint: string;
  readonly identifier: string;
  readonly title: string;
  readonly team?: string[];
  readonly properties: Record<string, unknown>;
  readonly relations?: Record<string, RelationValue>;
}

/** What the story adds to a blueprint that every organization has anyway. */
export type DemoExtension = Pick<BlueprintInput, 'identifier' | 'relations'> & {
  readonly properties: NonNullable<NonNullable<BlueprintInput['schema']>['properties']>;
};

/** The demo organization, as data: everything that loading it writes. */
export interface Demo {
  /** They refer to one another in circles, so all of them have to exist before their relations are declared. */
  readonly blueprints: readonly BlueprintInput[];
  readonly extensions: readonly DemoExtension[];
  readonly entities: readonly DemoEntity[];
}
