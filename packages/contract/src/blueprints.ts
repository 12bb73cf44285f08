import { BlueprintInput } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';
import { BlueprintShape, blueprintParam, Flag, ok, time } from './shapes.ts';

const tag = 'Blueprints';
const one = ok({ blueprint: BlueprintShape });

export const listBlueprints = route({
  id: 'blueprints.list',
  method: 'GET',
  path: '/v1/blueprints',
  summary: 'All blueprints',
  tag,
  permission: 'blueprint:read',
  answer: ok({ blueprints: Type.Array(BlueprintShape) }),
  status: 200,
  problems: ['unauthorized'],
});

export const getBlueprint = route({
  id: 'blueprints.get',
  method: 'GET',
  path: '/v1/blueprints/:blueprint',
  summary: 'One blueprint, with the definitions of its derived properties',
  tag,
  permission: 'blueprint:read',
  params: blueprintParam,
  query: Type.Object({ exclude_calculated_properties: Flag }),
  answer: one,
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const createBlueprint = route({
  id: 'blueprints.create',
  method: 'POST',
  path: '/v1/blueprints',
  summary: 'Declare a blueprint',
  tag,
  permission: 'blueprint:write',
  query: Type.Object({ create_catalog_page: Flag }),
  body: BlueprintInput,
  answer: one,
  status: 201,
  problems: ['unauthorized', 'forbidden', 'already_exists', 'invalid_request', 'not_found'],
});

export const putBlueprint = route({
  id: 'blueprints.put',
  method: 'PUT',
  path: '/v1/blueprints/:blueprint',
  summary: 'Replace a blueprint; another identifier in the body renames it, and references follow',
  tag,
  permission: 'blueprint:write',
  params: blueprintParam,
  body: BlueprintInput,
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists', 'invalid_request', 'has_dependents'],
});

export const patchBlueprint = route({
  ...putBlueprint,
  id: 'blueprints.patch',
  method: 'PATCH',
  summary: 'Replace only the top-level keys that are given',
  body: Type.Partial(BlueprintInput),
});

export const deleteBlueprint = route({
  id: 'blueprints.delete',
  method: 'DELETE',
  path: '/v1/blueprints/:blueprint',
  summary: 'Delete a blueprint that has no entities and that nothing refers to',
  tag,
  permission: 'blueprint:write',
  params: blueprintParam,
  query: Type.Object({ delete_actions: Flag }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents'],
});

export const deleteAllEntities = route({
  id: 'blueprints.deleteAllEntities',
  method: 'DELETE',
  path: '/v1/blueprints/:blueprint/all-entities',
  summary: 'Delete all entities of a blueprint, and if asked the blueprint, as a migration to poll',
  tag,
  permission: 'blueprint:write',
  params: blueprintParam,
  query: Type.Object({ delete_blueprint: Flag }),
  answer: ok({ migrationId: Type.String() }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const getSystemStructure = route({
  id: 'blueprints.systemStructure',
  method: 'GET',
  path: '/v1/blueprints/system/:blueprint/structure',
  summary: 'The built-in part of a system blueprint',
  tag,
  permission: 'blueprint:read',
  params: blueprintParam,
  answer: one,
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const renameProperty = route({
  id: 'blueprints.renameProperty',
  method: 'PATCH',
  path: '/v1/blueprints/:blueprint/properties/:property/rename',
  summary: 'Rename a property; values, mirrors and queries that name it follow',
  tag,
  permission: 'blueprint:write',
  params: Type.Object({ blueprint: Type.String(), property: Type.String() }),
  body: Type.Object({ newPropertyName: Type.String({ minLength: 1, maxLength: 100 }) }),
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists', 'invalid_request'],
});

export const renameMirror = route({
  ...renameProperty,
  id: 'blueprints.renameMirror',
  path: '/v1/blueprints/:blueprint/mirror/:property/rename',
  summary: 'Rename a mirror property',
});

export const renameRelation = route({
  id: 'blueprints.renameRelation',
  method: 'PATCH',
  path: '/v1/blueprints/:blueprint/relations/:relation/rename',
  summary: 'Rename a relation; values, mirrors and queries that name it follow',
  tag,
  permission: 'blueprint:write',
  params: Type.Object({ blueprint: Type.String(), relation: Type.String() }),
  body: Type.Object({ newRelationIdentifier: Type.String({ minLength: 1, maxLength: 100 }) }),
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists', 'invalid_request'],
});

/** What a new version of a blueprint would do to what is stored; the same code then does it. */
export const planBlueprint = route({
  id: 'blueprints.plan',
  method: 'POST',
  reads: true,
  path: '/v1/blueprints/:blueprint/plan',
  summary: 'What replacing this blueprint would do to its entities, without doing it',
  tag,
  permission: 'blueprint:write',
  params: blueprintParam,
  body: BlueprintInput,
  answer: ok({
    plan: Type.Object({
      entities: Type.Integer(),
      effects: Type.Array(
        Type.Object({
          kind: Type.String(),
          path: Type.String(),
          message: Type.String(),
          /** How many stored entities it concerns. */
          entities: Type.Integer(),
          destructive: Type.Boolean(),
        }),
      ),
    }),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

/** The model at a glance: for the sidebar and the data-model canvas, in one request. */
export const getModel = route({
  id: 'model.get',
  method: 'GET',
  path: '/v1/model',
  summary: 'Every blueprint with its number of entities and the state of its sources',
  tag,
  permission: 'blueprint:read',
  answer: ok({
    blueprints: Type.Array(
      Type.Object(
        {
          ...BlueprintShape.properties,
          entityCount: Type.Integer(),
          staleCount: Type.Integer(),
          system: Type.Boolean(),
          lastUpdatedAt: Type.Union([time, Type.Null()]),
        },
        { additionalProperties: true },
      ),
    ),
  }),
  status: 200,
  problems: ['unauthorized'],
});

const MigrationShape = Type.Object({
  id: Type.String(),
  actor: Type.String(),
  sourceBlueprint: Type.String(),
  mapping: Type.Record(Type.String(), Type.Unknown()),
  status: Type.Union([
    Type.Literal('PENDING'),
    Type.Literal('INITIALIZING'),
    Type.Literal('RUNNING'),
    Type.Literal('COMPLETED'),
    Type.Literal('FAILURE'),
    Type.Literal('PENDING_CANCELLATION'),
    Type.Literal('CANCELLED'),
  ]),
  deletedEntities: Type.Integer(),
  message: Type.Optional(Type.String()),
  createdAt: time,
  updatedAt: time,
});

export const getMigration = route({
  id: 'migrations.get',
  method: 'GET',
  path: '/v1/migrations/:migration',
  summary: 'State of a migration',
  tag: 'Migrations',
  permission: 'blueprint:read',
  params: Type.Object({ migration: Type.String() }),
  answer: ok({ migration: MigrationShape }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const listMigrations = route({
  id: 'migrations.list',
  method: 'GET',
  path: '/v1/migrations',
  summary: 'Migrations, newest first',
  tag: 'Migrations',
  permission: 'blueprint:read',
  answer: ok({ migrations: Type.Array(MigrationShape) }),
  status: 200,
  problems: ['unauthorized'],
});

export const cancelMigration = route({
  ...getMigration,
  id: 'migrations.cancel',
  method: 'POST',
  path: '/v1/migrations/:migration/cancel',
  summary: 'Ask a running migration to stop after its current batch',
  permission: 'blueprint:write',
});
