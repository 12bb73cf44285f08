import { type Static, Type } from 'typebox';
import { Query } from '../query/query.ts';

/** Entity identifiers: letters of any script, digits and `@ _ . + : \ / = -`, but neither `.` nor `..`; 1000 at most. */
export const ENTITY_IDENTIFIER = '^(?!\\.{1,2}$)[\\p{L}0-9@_.+:\\\\/=-]+$';
export const ENTITY_IDENTIFIER_MAX = 1000;

const textOrNull = Type.Union([Type.String(), Type.Null()]);

/** What a caller may send for one entity; the inside of `properties` and `relations` is the blueprint's business. */
export const EntityInput = Type.Object(
  {
    identifier: Type.Optional(Type.Union([Type.String(), Type.Number(), Query])),
    title: Type.Optional(textOrNull),
    icon: Type.Optional(textOrNull),
    team: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String()), Type.Null(), Query])),
    properties: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
    relations: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  },
  { additionalProperties: true },
);
export type EntityInput = Static<typeof EntityInput>;

export type RelationValue = string | string[] | null;

/** The stored content of one entity: what a write decides and a diff compares. Unset keys are absent, never null. */
export interface EntityContent {
  identifier: string;
  title: string | null;
  icon: string | null;
  team: string[];
  properties: Record<string, unknown>;
  relations: Record<string, string | string[]>;
}

/** An entity as the API answers it (Port's shape); unset schema properties and relations are listed as null or []. */
export interface EntityAnswer {
  identifier: string;
  title: string;
  blueprint: string;
  icon?: string | null;
  team: string[];
  properties: Record<string, unknown>;
  relations: Record<string, unknown>;
  scorecards?: Record<string, unknown>;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}
