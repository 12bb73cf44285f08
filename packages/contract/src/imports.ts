import { Type } from 'typebox';
import { route } from './route.ts';
import { Flag, ok, time } from './shapes.ts';

const tag = 'Imports and locations';

/** A thing that was not taken: where, why, and what to do. `line` and `document` count from 1. */
export const IngestProblemShape = Type.Object({
  code: Type.String(),
  file: Type.String(),
  document: Type.Optional(Type.Integer()),
  line: Type.Optional(Type.Integer()),
  /** `kind:namespace/name` when the document got far enough to have one. */
  entityRef: Type.Optional(Type.String()),
  message: Type.String(),
  remedy: Type.Optional(Type.String()),
});

export const ImportReportShape = Type.Object({
  id: Type.String(),
  source: Type.String(),
  startedAt: time,
  finishedAt: time,
  files: Type.Integer(),
  documents: Type.Integer(),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  /** Entities taken, by blueprint identifier. */
  byBlueprint: Type.Record(Type.String(), Type.Integer()),
  blueprintsCreated: Type.Array(Type.String()),
  /** Entities this source used to vouch for and no longer has; they are stale until confirmed or trashed by policy. */
  missing: Type.Array(Type.Object({ blueprint: Type.String(), identifier: Type.String() })),
  trashed: Type.Integer(),
  problems: Type.Array(IngestProblemShape),
});

/** Files read on the caller's machine, sent whole: the server never opens a path somebody names. */
export const createImport = route({
  id: 'imports.create',
  method: 'POST',
  path: '/v1/imports',
  summary: 'Ingest a bundle of Backstage files; the same root again replaces what it had said before',
  tag,
  permission: 'source:write',
  query: Type.Object({
    /** What to do with entities that this root no longer has: `keep` marks them stale, `trash` deletes them. */
    missing: Type.Optional(Type.Union([Type.Literal('keep'), Type.Literal('trash')])),
  }),
  body: Type.Object({
    /** Names the source, for instance `file:/home/me/repo` or a Git URL; a re-import with the same root is a refresh. */
    root: Type.String({ minLength: 1, maxLength: 2000 }),
    /** Location of the folder that paths are relative to, with a trailing slash: `file:/home/me/repo/`, `url:https://…/`. */
    base: Type.String({ minLength: 1, maxLength: 2000 }),
    /** Paths of the files to start from. */
    entries: Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 50_000 }),
    files: Type.Array(Type.Object({ path: Type.String({ maxLength: 2000 }), text: Type.String() }), {
      maxItems: 100_000,
    }),
    /** Files that are there and were not sent, and why; what is in neither list is taken to be absent. */
    unread: Type.Optional(
      Type.Array(Type.Object({ path: Type.String({ maxLength: 2000 }), message: Type.String() }), {
        maxItems: 100_000,
      }),
    ),
  }),
  bodyLimit: 256 * 1024 * 1024,
  answer: ok({ report: ImportReportShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request', 'payload_too_large', 'unavailable'],
});

export const listImports = route({
  id: 'imports.list',
  method: 'GET',
  path: '/v1/imports',
  summary: 'The latest import of each source, with its problems',
  tag,
  permission: 'source:read',
  answer: ok({ imports: Type.Array(ImportReportShape) }),
  status: 200,
  problems: ['unauthorized'],
});

const LocationShape = Type.Object({
  id: Type.String(),
  /** `url`: registered, and read again by itself. `file`: files that somebody sent. */
  type: Type.Union([Type.Literal('url'), Type.Literal('file')]),
  target: Type.String(),
  createdAt: time,
  /** When it was last read through, well or badly; null before the first time. */
  refreshedAt: Type.Union([time, Type.Null()]),
  status: Type.Union([Type.Literal('waiting'), Type.Literal('running'), Type.Literal('ok'), Type.Literal('failed')]),
  message: Type.Optional(Type.String()),
  entities: Type.Integer(),
  stale: Type.Integer(),
  problems: Type.Array(IngestProblemShape),
  /** Entities whose file vanished, waiting for somebody to confirm. */
  missing: Type.Array(Type.Object({ blueprint: Type.String(), identifier: Type.String() })),
});

export const listLocations = route({
  id: 'locations.list',
  method: 'GET',
  path: '/v1/locations',
  summary: 'Registered locations and imported roots, with their state and problems',
  tag,
  permission: 'source:read',
  answer: ok({ locations: Type.Array(LocationShape) }),
  status: 200,
  problems: ['unauthorized'],
});

export const createLocation = route({
  id: 'locations.create',
  method: 'POST',
  path: '/v1/locations',
  summary: 'Register a URL of a catalog file or a Git repository; it is read now and then on schedule',
  tag,
  permission: 'source:write',
  body: Type.Object({ target: Type.String({ minLength: 1, maxLength: 2000 }) }),
  answer: ok({ location: LocationShape }),
  status: 201,
  problems: ['unauthorized', 'forbidden', 'invalid_request', 'already_exists'],
});

const locationParam = Type.Object({ location: Type.String() });

export const deleteLocation = route({
  id: 'locations.delete',
  method: 'DELETE',
  path: '/v1/locations/:location',
  summary: 'Forget a location; its entities become stale, or with `delete_entities` go to the trash',
  tag,
  permission: 'source:write',
  params: locationParam,
  query: Type.Object({ delete_entities: Flag }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents', 'unavailable'],
});

export const refreshLocation = route({
  id: 'locations.refresh',
  method: 'POST',
  path: '/v1/locations/:location/refresh',
  summary: 'Read a location again now',
  tag,
  permission: 'source:write',
  params: locationParam,
  answer: ok({ location: LocationShape }),
  status: 202,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const confirmMissing = route({
  id: 'locations.confirmMissing',
  method: 'POST',
  path: '/v1/locations/:location/confirm-missing',
  summary: 'Send the entities this source no longer has to the trash',
  tag,
  permission: 'source:write',
  params: locationParam,
  answer: ok({ trashed: Type.Integer() }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents', 'unavailable'],
});

const DemoState = Type.Object({ loaded: Type.Boolean(), entities: Type.Integer() });

export const getDemo = route({
  id: 'demo.get',
  method: 'GET',
  path: '/v1/demo',
  summary: 'Whether the demo organization is loaded',
  tag: 'Demo',
  permission: 'source:read',
  answer: ok({ demo: DemoState }),
  status: 200,
  problems: ['unauthorized'],
});

export const loadDemo = route({
  ...getDemo,
  id: 'demo.load',
  method: 'POST',
  summary: 'Load the demo organization',
  permission: 'source:write',
  problems: ['unauthorized', 'forbidden', 'already_exists', 'unavailable'],
});

export const removeDemo = route({
  id: 'demo.remove',
  method: 'DELETE',
  path: '/v1/demo',
  summary: 'Remove everything the demo organization brought and nobody has changed since',
  tag: 'Demo',
  permission: 'source:write',
  answer: ok({
    demo: DemoState,
    /** Entities that stay and count as everybody's now: changed by somebody, needed by such a one, or in another source too. */
    kept: Type.Array(
      Type.Object({
        blueprint: Type.String(),
        identifier: Type.String(),
        reason: Type.Union([Type.Literal('changed'), Type.Literal('needed'), Type.Literal('shared')]),
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'unavailable'],
});

export const startBlank = route({
  id: 'setup.startBlank',
  method: 'POST',
  path: '/v1/setup/blank',
  summary: 'End the first run without importing anything',
  tag: 'Demo',
  permission: 'organization:write',
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});
