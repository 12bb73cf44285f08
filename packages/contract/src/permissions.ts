import { type BlueprintPermissions, type Explanation, explainedActions, PermissionsInput } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';
import { blueprintParam, NameList, ok } from './shapes.ts';

const tag = 'Permissions';
const names = Type.Array(Type.String());
const Grant = Type.Object(
  {
    users: names,
    roles: names,
    teams: names,
    ownedByTeam: Type.Boolean(),
    policy: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: true },
);
const Grants = Type.Record(Type.String(), Grant);

/** `updateProperties` and `updateRelations` list every key; the maps of what may be read only those with a grant. */
const PermissionsShape = Type.Object({
  entities: Type.Object({
    read: Grant,
    register: Grant,
    unregister: Grant,
    update: Grant,
    updateProperties: Grants,
    updateRelations: Grants,
    readProperties: Grants,
    readRelations: Grants,
  }),
});
const one = ok({ permissions: Type.Unsafe<BlueprintPermissions>(PermissionsShape) });

export const getPermissions = route({
  id: 'permissions.get',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/permissions',
  summary: 'Who may do what with the entities of a blueprint',
  tag,
  permission: 'permission:write',
  params: blueprintParam,
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const patchPermissions = route({
  ...getPermissions,
  id: 'permissions.patch',
  method: 'PATCH',
  summary:
    'Replace the blocks that are given; null for one property or relation lets it follow `update` or `read` again',
  body: PermissionsInput,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

/** What a change would do; the same decision then holds. */
export const planPermissions = route({
  id: 'permissions.plan',
  method: 'POST',
  reads: true,
  path: '/v1/blueprints/:blueprint/permissions/plan',
  summary: 'Who would gain and lose what by a change of permissions, without making it',
  tag,
  permission: 'permission:write',
  params: blueprintParam,
  body: PermissionsInput,
  answer: ok({
    plan: Type.Object({
      /** How many entities the blueprint has. */
      entities: Type.Integer(),
      changes: Type.Array(
        Type.Object({
          /** Which grant, e.g. `read` or `updateProperties.language`. */
          path: Type.String(),
          kind: Type.Enum(['role', 'team', 'user']),
          name: Type.String(),
          /** For how many entities they come to have it, and for how many they no longer do. */
          gained: Type.Integer(),
          lost: Type.Integer(),
        }),
      ),
      /** Set where more are concerned than are listed. */
      more: Type.Boolean(),
    }),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

const writable = { properties: names, relations: names };

/** Everything a user interface needs to know to offer only what may be done. */
export const getAbilities = route({
  id: 'abilities.get',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/abilities',
  summary: 'What the caller may do with a blueprint and with the named entities of it',
  tag,
  permission: 'entity:read',
  params: blueprintParam,
  query: Type.Object({ entity: NameList }),
  answer: ok({
    abilities: Type.Object({
      /** Change the blueprint itself, and its permissions. */
      blueprint: Type.Boolean(),
      /** `sometimes`: it depends on what the entity becomes. */
      register: Type.Enum(['always', 'sometimes', 'never']),
      /** What may be given to a new entity; among `properties` also `$title`, `$team` and `$icon`. */
      registering: Type.Object(writable),
      /** One for each named entity that exists and may be seen. */
      entities: Type.Array(
        Type.Object({
          identifier: Type.String(),
          unregister: Type.Boolean(),
          /** What may be changed of it; among `properties` also `$title`, `$team`, `$icon` and `$identifier`. */
          ...writable,
        }),
      ),
    }),
  }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

const Answer = Type.Enum(['yes', 'no', 'depends']);

export const explainDecision = route({
  id: 'permissions.explain',
  method: 'GET',
  path: '/v1/explain',
  summary: 'Why somebody may or may not do something: for administrators, and for everybody about themselves',
  tag,
  permission: 'entity:read',
  query: Type.Object({
    actor: Type.Optional(Type.String({ description: 'E-mail address of a person; absent: the caller' })),
    action: Type.Enum([...explainedActions]),
    blueprint: Type.String(),
    entity: Type.Optional(Type.String()),
    property: Type.Optional(Type.String({ description: 'For the actions about one property; `$title` and such, too' })),
    relation: Type.Optional(Type.String()),
  }),
  answer: ok({
    explanation: Type.Unsafe<Explanation & { actor: string }>(
      Type.Object({
        actor: Type.String(),
        decision: Answer,
        /** All of these have to be granted. */
        chain: Type.Array(
          Type.Object({
            path: Type.String(),
            granted: Answer,
            /** Any of these grants it. */
            parts: Type.Array(Type.Object({ part: Type.String(), granted: Answer, reason: Type.String() })),
          }),
        ),
        /** Roles that can change the outcome. */
        grantedBy: names,
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});
