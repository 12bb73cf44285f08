import { type TSchema, Type } from 'typebox';
import { Query } from '../query/query.ts';

/** Whom something is granted to: whoever matches any part. Lists keep the order they were given in. */
export interface Grant {
  /** E-mail addresses, which are the identifiers of `_user` entities. */
  readonly users: readonly string[];
  readonly roles: readonly string[];
  /** Identifiers of `_team` entities. */
  readonly teams: readonly string[];
  /** Granted for the entities that a team of the actor owns. */
  readonly ownedByTeam: boolean;
  /** Granted for the entities this matches; it may speak of the caller. One without any rule grants nothing. */
  readonly policy?: Query;
}

/** What is granted for whole entities. */
export const grantBlocks = ['read', 'register', 'unregister', 'update'] as const;
export type GrantBlock = (typeof grantBlocks)[number];

/** What is granted for one property or relation at a time; a key without a grant follows `update` or `read`. */
export const grantMaps = ['updateProperties', 'updateRelations', 'readProperties', 'readRelations'] as const;
export type GrantMap = (typeof grantMaps)[number];

export type GrantsByKey = Readonly<Record<string, Grant>>;

/** The permissions of one blueprint, in the shape of the API. `readProperties` and `readRelations` are Gantry's own. */
export interface BlueprintPermissions {
  readonly entities: Readonly<Record<GrantBlock, Grant>> & Readonly<Record<GrantMap, GrantsByKey>>;
}

/** As much of a blueprint's permissions as somebody has set; what is absent is as it is from the start. */
export interface OwnPermissions {
  readonly entities: { readonly [block in GrantBlock]?: Grant } & { readonly [map in GrantMap]?: GrantsByKey };
}

export const noOwnPermissions: OwnPermissions = { entities: {} };

const names = Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 1000 });

/** The parts of a grant besides its policy, which is checked as a query. */
export const GrantParts = Type.Partial(
  Type.Object(
    { users: names, roles: names, teams: names, ownedByTeam: Type.Boolean() },
    { additionalProperties: true },
  ),
);

const nullable = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** A grant as it is sent: Go clients send null for what is empty. */
const GrantInput = Type.Object(
  {
    users: nullable(names),
    roles: nullable(names),
    teams: nullable(names),
    ownedByTeam: nullable(Type.Boolean()),
    policy: nullable(Query),
  },
  { additionalProperties: true },
);

const byKey = nullable(Type.Record(Type.String(), Type.Union([GrantInput, Type.Null()])));

/** What a change of permissions sends. Read it with `parsePermissions`, which says what is wrong in better words. */
export const PermissionsInput = Type.Object({
  entities: nullable(
    Type.Object({
      read: nullable(GrantInput),
      register: nullable(GrantInput),
      unregister: nullable(GrantInput),
      update: nullable(GrantInput),
      updateProperties: byKey,
      updateRelations: byKey,
      readProperties: byKey,
      readRelations: byKey,
    }),
  ),
});
