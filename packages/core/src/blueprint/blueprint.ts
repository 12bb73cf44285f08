import { type Static, type TSchema, Type } from 'typebox';
import { Property, propertyTypes } from '../property/property.ts';
import { Query } from '../query/query.ts';

/**
 * The document a user writes to declare a kind. Shapes follow Port's wire format; unknown keys inside properties
 * survive a round trip, nothing is filled in that the author did not write, except `many` and `required` of relations.
 */

/** Blueprint identifiers: letters of any script, digits and `@ _ . + : \ / -`, but neither `.` nor `..`. */
export const BLUEPRINT_IDENTIFIER = '^(?!\\.{1,2}$)[\\p{L}0-9@_.+:\\\\/-]+$';
const text = (maxLength: number) => Type.String({ maxLength });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Relation = Type.Object(
  {
    target: Type.String({ minLength: 1 }),
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    many: Type.Optional(Type.Boolean()),
    required: Type.Optional(Type.Boolean()),
    type: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);
export type Relation = Static<typeof Relation>;

export const MirrorProperty = Type.Object(
  { path: Type.String({ minLength: 1 }), title: Type.Optional(Type.String()) },
  { additionalProperties: true },
);
export type MirrorProperty = Static<typeof MirrorProperty>;

export const CalculationProperty = Type.Object(
  {
    calculation: Type.String(),
    type: Type.Enum([...propertyTypes]),
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    icon: Type.Optional(Type.String()),
    format: Type.Optional(Type.String()),
    colorized: Type.Optional(Type.Boolean()),
    colors: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: true },
);
export type CalculationProperty = Static<typeof CalculationProperty>;

export const AggregationProperty = Type.Object(
  {
    target: Type.String({ minLength: 1 }),
    calculationSpec: Type.Object(
      { calculationBy: Type.Union([Type.Literal('entities'), Type.Literal('property')]), func: Type.String() },
      { additionalProperties: true },
    ),
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    icon: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    query: Type.Optional(Query),
    pathFilter: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 1 })),
  },
  { additionalProperties: true },
);
export type AggregationProperty = Static<typeof AggregationProperty>;

export const Ownership = Type.Object(
  {
    type: Type.Union([Type.Literal('Direct'), Type.Literal('Inherited')]),
    title: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);

export const ChangelogDestination = Type.Object(
  {
    type: Type.Union([Type.Literal('WEBHOOK'), Type.Literal('KAFKA')]),
    url: Type.Optional(Type.String()),
    agent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true },
);

const map = <T extends TSchema>(schema: T) => Type.Optional(nullable(Type.Record(Type.String(), schema)));

/** What a caller may send. Maps may be `null` or absent, which both mean none: Go clients send nil maps. */
export const BlueprintInput = Type.Object(
  {
    identifier: Type.String({ minLength: 1, maxLength: 100, pattern: BLUEPRINT_IDENTIFIER }),
    title: Type.Optional(nullable(text(100))),
    description: Type.Optional(nullable(text(200))),
    icon: Type.Optional(nullable(Type.String())),
    schema: Type.Optional(
      nullable(
        Type.Object(
          {
            properties: Type.Optional(nullable(Type.Record(Type.String(), Property))),
            required: Type.Optional(nullable(Type.Array(Type.String()))),
          },
          { additionalProperties: true },
        ),
      ),
    ),
    relations: map(Relation),
    mirrorProperties: map(MirrorProperty),
    calculationProperties: map(CalculationProperty),
    aggregationProperties: map(AggregationProperty),
    ownership: Type.Optional(nullable(Ownership)),
    teamInheritance: Type.Optional(nullable(Type.Object({ path: Type.String() }, { additionalProperties: true }))),
    changelogDestination: Type.Optional(nullable(ChangelogDestination)),
    includeInGlobalSearch: Type.Optional(nullable(Type.Boolean())),
  },
  { additionalProperties: true },
);
export type BlueprintInput = Static<typeof BlueprintInput>;

/** A relation as it is always read back: cardinality and requiredness are explicit booleans. */
export interface StoredRelation extends Relation {
  many: boolean;
  required: boolean;
}

/** A checked blueprint: every map is there, `null`s are gone, nothing else was invented. */
export interface Blueprint {
  identifier: string;
  title?: string;
  description?: string;
  icon?: string;
  schema: { properties: Record<string, Property>; required: string[] };
  relations: Record<string, StoredRelation>;
  mirrorProperties: Record<string, MirrorProperty>;
  calculationProperties: Record<string, CalculationProperty>;
  aggregationProperties: Record<string, AggregationProperty>;
  ownership?: Static<typeof Ownership>;
  teamInheritance?: { path: string };
  changelogDestination?: Static<typeof ChangelogDestination>;
  includeInGlobalSearch?: boolean;
}

/** A blueprint as the API answers it. Times are RFC 3339, UTC, milliseconds. */
export interface BlueprintAnswer extends Blueprint {
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}
