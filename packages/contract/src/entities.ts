import { EntityInput } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';
import { blueprintParam, EntityRef, EntityShape, entityParams, Flag, NameList, ok, time } from './shapes.ts';

const tag = 'Entities';
const one = ok({ entity: EntityShape });
const writeProblems = ['unauthorized', 'forbidden', 'not_found', 'invalid_request', 'payload_too_large'] as const;

const writeQuery = Type.Object({
  upsert: Flag,
  merge: Flag,
  validation_only: Flag,
  create_missing_related_entities: Flag,
  run_id: Type.Optional(Type.String()),
});

/** What a read leaves out or adds; shared by every endpoint that answers entities. */
const readQuery = Type.Object({
  include: NameList,
  exclude: NameList,
  exclude_calculated_properties: Flag,
  attach_title_to_relation: Flag,
  attach_identifier_to_title_mirror_properties: Flag,
  allow_partial_results: Flag,
});

export const createEntity = route({
  id: 'entities.create',
  method: 'POST',
  path: '/v1/blueprints/:blueprint/entities',
  summary: 'Create an entity, or with `upsert` replace it, or with `upsert` and `merge` change parts of it',
  tag,
  permission: 'entity:write',
  params: blueprintParam,
  query: writeQuery,
  body: EntityInput,
  answer: one,
  status: 201,
  alsoStatus: [200],
  problems: [...writeProblems, 'already_exists'],
});

export const bulkUpsertEntities = route({
  id: 'entities.bulkUpsert',
  method: 'POST',
  path: '/v1/blueprints/:blueprint/entities/bulk',
  summary: 'Upsert many entities; each failure is reported by its index, the good ones are stored',
  tag,
  permission: 'entity:write',
  params: blueprintParam,
  query: writeQuery,
  body: Type.Object({ entities: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 1000 }) }),
  answer: ok({
    entities: Type.Array(Type.Object({ identifier: Type.String(), index: Type.Integer(), created: Type.Boolean() })),
    errors: Type.Array(
      Type.Object({
        identifier: Type.String(),
        index: Type.Integer(),
        statusCode: Type.Integer(),
        error: Type.String(),
        message: Type.String(),
      }),
    ),
  }),
  status: 200,
  alsoStatus: [207],
  problems: writeProblems,
});

export const bulkDeleteEntities = route({
  id: 'entities.bulkDelete',
  method: 'POST',
  path: '/v1/blueprints/:blueprint/bulk/entities/delete',
  summary: 'Delete many entities by identifier; missing ones are skipped',
  tag,
  permission: 'entity:write',
  params: blueprintParam,
  query: Type.Object({ delete_dependents: Flag, run_id: Type.Optional(Type.String()) }),
  body: Type.Object({ entities: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }) }),
  answer: ok({ deletedEntities: Type.Array(Type.String()) }),
  status: 200,
  problems: [...writeProblems, 'has_dependents'],
});

export const getEntity = route({
  id: 'entities.get',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities/:entity',
  summary: 'One entity',
  tag,
  permission: 'entity:read',
  params: entityParams,
  query: readQuery,
  answer: one,
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const putEntity = route({
  id: 'entities.put',
  method: 'PUT',
  path: '/v1/blueprints/:blueprint/entities/:entity',
  summary: 'Replace an entity; another identifier in the body renames it, and relations to it follow',
  tag,
  permission: 'entity:write',
  params: entityParams,
  query: writeQuery,
  body: EntityInput,
  answer: one,
  status: 200,
  alsoStatus: [201],
  problems: [...writeProblems, 'already_exists'],
});

export const patchEntity = route({
  ...putEntity,
  id: 'entities.patch',
  method: 'PATCH',
  summary: 'Change parts of an entity; null clears',
});

export const deleteEntity = route({
  id: 'entities.delete',
  method: 'DELETE',
  path: '/v1/blueprints/:blueprint/entities/:entity',
  summary: 'Move an entity to the trash',
  tag,
  permission: 'entity:write',
  params: entityParams,
  query: Type.Object({ delete_dependents: Flag, run_id: Type.Optional(Type.String()) }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents'],
});

export const listEntities = route({
  id: 'entities.list',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities',
  summary: 'All entities of a blueprint, streamed',
  tag,
  permission: 'entity:read',
  params: blueprintParam,
  query: readQuery,
  answer: ok({ entities: Type.Array(EntityShape) }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const countEntities = route({
  id: 'entities.count',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities-count',
  summary: 'How many entities a blueprint has',
  tag,
  permission: 'entity:read',
  params: blueprintParam,
  answer: ok({ count: Type.Integer() }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const searchEntities = route({
  id: 'entities.search',
  method: 'POST',
  reads: true,
  path: '/v1/entities/search',
  summary: 'Search across blueprints; the body is the bare query',
  tag,
  permission: 'entity:read',
  query: readQuery,
  body: Type.Unknown(),
  answer: ok({ matchingBlueprints: Type.Array(Type.String()), entities: Type.Array(EntityShape) }),
  status: 200,
  problems: ['unauthorized', 'invalid_request'],
});

export const SortKey = Type.Object({
  property: Type.String(),
  order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
});

/** The body of a page request. `search` is the quick search over visible text; `sort` and `count` are Gantry's. */
export const PageBody = Type.Object({
  query: Type.Optional(Type.Unknown()),
  include: Type.Optional(Type.Array(Type.String())),
  exclude: Type.Optional(Type.Array(Type.String())),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  from: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  /** Gantry's: pass over so many first, for a table that jumps about. Going on with `from` is cheaper. */
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  sort: Type.Optional(Type.Array(SortKey, { maxItems: 5 })),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  /** Adds `total`: how many entities match in all. */
  count: Type.Optional(Type.Boolean()),
});

export const searchBlueprintEntities = route({
  id: 'entities.searchBlueprint',
  method: 'POST',
  reads: true,
  path: '/v1/blueprints/:blueprint/entities/search',
  summary: 'A page of entities of one blueprint: filtered, searched, sorted; `next` goes back as `from`',
  tag,
  permission: 'entity:read',
  params: blueprintParam,
  query: readQuery,
  body: PageBody,
  bodyOptional: true,
  answer: ok({
    entities: Type.Array(EntityShape),
    next: Type.Union([Type.String(), Type.Null()]),
    total: Type.Optional(Type.Integer()),
  }),
  status: 200,
  problems: ['unauthorized', 'not_found', 'invalid_request'],
});

export const exportEntities = route({
  id: 'entities.export',
  method: 'POST',
  reads: true,
  path: '/v1/blueprints/:blueprint/entities/export',
  summary: 'Everything that matches, streamed as CSV or JSON with the columns asked for',
  tag,
  permission: 'entity:read',
  params: blueprintParam,
  body: Type.Object({
    format: Type.Union([Type.Literal('csv'), Type.Literal('json')]),
    columns: Type.Array(Type.String(), { minItems: 1, maxItems: 200 }),
    query: Type.Optional(Type.Unknown()),
    sort: Type.Optional(Type.Array(SortKey, { maxItems: 5 })),
    search: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  answer: Type.Unknown(),
  media: 'text/csv, application/json',
  status: 200,
  problems: ['unauthorized', 'not_found', 'invalid_request'],
});

/** Entities by the source that last wrote them: what exporters reconcile against. Source: port-api.md §4.8. */
export const listDatasourceEntities = route({
  id: 'entities.datasource',
  method: 'POST',
  reads: true,
  path: '/v1/blueprints/entities/datasource-entities',
  summary: 'Entities last written by a data source, optionally not touched since a moment',
  tag,
  permission: 'entity:read',
  query: readQuery,
  body: Type.Object(
    {
      datasource_prefix: Type.Optional(Type.String()),
      datasource_suffix: Type.Optional(Type.String()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      from: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      before: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    },
    { additionalProperties: true },
  ),
  answer: ok({ entities: Type.Array(EntityShape), next: Type.Union([Type.String(), Type.Null()]) }),
  status: 200,
  problems: ['unauthorized', 'invalid_request'],
});

export const aggregateEntities = route({
  id: 'entities.aggregate',
  method: 'POST',
  reads: true,
  path: '/v1/entities/aggregate',
  summary: 'Count, sum, average, min, max, median, or count by value, over everything a query matches',
  tag,
  permission: 'entity:read',
  body: Type.Object(
    {
      func: Type.String(),
      query: Type.Optional(Type.Unknown()),
      property: Type.Optional(Type.String()),
      relation: Type.Optional(Type.String()),
      averageOf: Type.Optional(Type.String()),
      measureTimeBy: Type.Optional(Type.String()),
      calculationBy: Type.Optional(Type.String()),
      /** Gantry's: the blueprint counted, when the query does not say it with a `$blueprint` rule. */
      blueprint: Type.Optional(Type.String()),
      /** Gantry's: quick search, as in page requests, so that a summary row agrees with its table. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
      /** Gantry's: at most so many values, most frequent first (100 unless said). */
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    },
    { additionalProperties: true },
  ),
  answer: ok({
    /** A number, null when nothing matched, or for `countValues` a list of `{value, count}`. */
    result: Type.Union([
      Type.Number(),
      Type.Null(),
      Type.Array(Type.Object({ value: Type.Unknown(), count: Type.Integer() })),
    ]),
  }),
  status: 200,
  problems: ['unauthorized', 'invalid_request'],
});

/** Neighbours of an entity, one group for each relation and direction. */
export const getRelatedEntities = route({
  id: 'entities.related',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities/:entity/related',
  summary: 'Entities one hop away, grouped by relation and direction, each group counted and cut at `limit`',
  tag,
  permission: 'entity:read',
  params: entityParams,
  query: Type.Object({ limit: Type.Optional(Type.String()) }),
  answer: ok({
    groups: Type.Array(
      Type.Object({
        /** `out`: this entity holds the relation; `in`: the others do. */
        direction: Type.Union([Type.Literal('out'), Type.Literal('in')]),
        relation: Type.String(),
        title: Type.String(),
        blueprint: Type.String(),
        count: Type.Integer(),
        entities: Type.Array(
          Type.Object({
            ...EntityRef.properties,
            /** True when the relation names an entity that does not exist (yet). */
            dangling: Type.Boolean(),
          }),
        ),
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

export const getGraph = route({
  id: 'graph.get',
  method: 'GET',
  path: '/v1/graph',
  summary: 'The entities around one, by depth and direction',
  tag,
  permission: 'entity:read',
  query: Type.Object({
    blueprint: Type.String(),
    entity: Type.String(),
    depth: Type.Optional(Type.String()),
    direction: Type.Optional(Type.Union([Type.Literal('out'), Type.Literal('in'), Type.Literal('both')])),
    hide: NameList,
    limit: Type.Optional(Type.String()),
  }),
  answer: ok({
    nodes: Type.Array(
      Type.Object({ ...EntityRef.properties, id: Type.String(), depth: Type.Integer(), dangling: Type.Boolean() }),
    ),
    edges: Type.Array(
      Type.Object({ source: Type.String(), target: Type.String(), relation: Type.String(), title: Type.String() }),
    ),
    /** True when there was more than `limit` nodes. */
    truncated: Type.Boolean(),
  }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

const Change = Type.Object({
  id: Type.String(),
  at: time,
  action: Type.Union([
    Type.Literal('created'),
    Type.Literal('updated'),
    Type.Literal('renamed'),
    Type.Literal('deleted'),
    Type.Literal('restored'),
  ]),
  actor: Type.Object({ id: Type.String(), label: Type.String(), kind: Type.String() }),
  origin: Type.Object({ kind: Type.String(), label: Type.String(), url: Type.Optional(Type.String()) }),
  diff: Type.Array(
    Type.Object({
      path: Type.String(),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  ),
});

export const listChanges = route({
  id: 'entities.changes',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities/:entity/changes',
  summary: 'The history of an entity, newest first; `next` goes back as `from`',
  tag,
  permission: 'entity:read',
  params: entityParams,
  query: Type.Object({ limit: Type.Optional(Type.String()), from: Type.Optional(Type.String()) }),
  answer: ok({ changes: Type.Array(Change), next: Type.Union([Type.String(), Type.Null()]) }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

const Origin = Type.Object({
  kind: Type.String(),
  label: Type.String(),
  url: Type.Optional(Type.String()),
  /** Where exactly in the source: for a file its path, document number and line. */
  record: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** Why does it say that: per property its origin and moment, and every source that vouches for the entity. */
export const getProvenance = route({
  id: 'entities.provenance',
  method: 'GET',
  path: '/v1/blueprints/:blueprint/entities/:entity/provenance',
  summary: 'Where each value came from and when, and which sources have seen the entity',
  tag,
  permission: 'entity:read',
  params: entityParams,
  answer: ok({
    properties: Type.Record(Type.String(), Type.Object({ origin: Origin, at: time })),
    sightings: Type.Array(
      Type.Object({
        source: Type.Object({ id: Type.String(), kind: Type.String(), label: Type.String() }),
        firstSeenAt: time,
        lastSeenAt: time,
        /** The source no longer has it. */
        stale: Type.Boolean(),
      }),
    ),
    /** The latest problem of a source with this entity: what is shown is then the last good version. */
    problems: Type.Array(
      Type.Object({ message: Type.String(), file: Type.String(), line: Type.Optional(Type.Integer()), at: time }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'not_found'],
});

const Trashed = Type.Object({
  id: Type.String(),
  blueprint: Type.String(),
  identifier: Type.String(),
  title: Type.String(),
  deletedAt: time,
  deletedBy: Type.String(),
  expiresAt: time,
});

export const listTrash = route({
  id: 'trash.list',
  method: 'GET',
  path: '/v1/trash',
  summary: 'Deleted entities that can still be restored, newest first',
  tag: 'Trash',
  permission: 'entity:read',
  query: Type.Object({
    blueprint: Type.Optional(Type.String()),
    entity: Type.Optional(Type.String()),
    limit: Type.Optional(Type.String()),
    from: Type.Optional(Type.String()),
  }),
  answer: ok({ trash: Type.Array(Trashed), next: Type.Union([Type.String(), Type.Null()]) }),
  status: 200,
  problems: ['unauthorized'],
});

export const restoreEntity = route({
  id: 'trash.restore',
  method: 'POST',
  path: '/v1/trash/:id/restore',
  summary: 'Put a deleted entity back, with its relations',
  tag: 'Trash',
  permission: 'entity:write',
  params: Type.Object({ id: Type.String() }),
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists', 'invalid_request'],
});

export const purgeEntity = route({
  id: 'trash.purge',
  method: 'DELETE',
  path: '/v1/trash/:id',
  summary: 'Delete for good',
  tag: 'Trash',
  permission: 'entity:purge',
  params: Type.Object({ id: Type.String() }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

/** The command palette and the search page: typo-tolerant over titles, identifiers and text of every blueprint. */
export const globalSearch = route({
  id: 'search.global',
  method: 'GET',
  path: '/v1/search',
  summary: 'Entities of every blueprint by words, best first',
  tag: 'Search',
  permission: 'entity:read',
  query: Type.Object({
    q: Type.String({ maxLength: 200 }),
    blueprint: Type.Optional(Type.String()),
    limit: Type.Optional(Type.String()),
  }),
  answer: ok({
    results: Type.Array(
      Type.Object({
        ...EntityRef.properties,
        blueprintTitle: Type.String(),
        team: Type.Array(Type.String()),
        score: Type.Number(),
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized'],
});
