import { Type } from 'typebox';
import { route } from './route.ts';
import { NameList, ok, time } from './shapes.ts';

/** The parts of an entry that `includes` chooses from. */
export const auditFields = [
  ...['identifier', 'action', 'resourceType', 'status', 'trigger', 'context', 'diff', 'message', 'additionalData'],
] as const;

const side = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]);

const AuditShape = Type.Object({
  identifier: Type.Optional(Type.String()),
  action: Type.Optional(Type.String()),
  resourceType: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  trigger: Type.Optional(
    Type.Object({
      /** `userId` is null when nobody was signed in. */
      by: Type.Object({ userId: Type.Union([Type.String(), Type.Null()]), label: Type.String(), kind: Type.String() }),
      at: time,
      origin: Type.String(),
    }),
  ),
  /** What it is about, by kind: `{blueprint, entity}`, `{secret}`, `{source}`, … */
  context: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** What was different before and after: of an entity only that, of configuration the whole. */
  diff: Type.Optional(Type.Object({ before: side, after: side })),
  message: Type.Optional(Type.String()),
  /** Request id, address and program of the caller, and what else there is to say. */
  additionalData: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const word = Type.Optional(Type.String({ maxLength: 1000 }));

/** All of them must hold; empty ones count as not given. Source: port-api.md §10.5; `actor` and `object` are ours. */
const filters = {
  identifier: word,
  entity: word,
  blueprint: word,
  run_id: word,
  webhookId: word,
  webhookEventId: word,
  InstallationId: word,
  origin: NameList,
  resources: NameList,
  action: word,
  status: word,
  actionType: word,
  /** RFC 3339; the moment itself included. */
  from: word,
  /** RFC 3339; the moment itself left out. */
  to: word,
  /** With `entity`: also entries about deleted entities of that identifier. */
  include_deleted_entities: word,
  /** Id or label of who did it. */
  actor: word,
  /** Identifier of whatever the entry is about. */
  object: word,
};

export const listAuditLog = route({
  id: 'audit.list',
  method: 'GET',
  path: '/v1/audit-log',
  summary: 'Who did what, newest first; `next` goes back as `cursor`',
  tag: 'Audit log',
  permission: 'audit:read',
  query: Type.Object({
    ...filters,
    includes: NameList,
    /** 1 to 1000; 100 unless said. */
    limit: word,
    cursor: word,
  }),
  answer: ok({ audits: Type.Array(AuditShape), next: Type.Union([Type.String(), Type.Null()]) }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const exportAuditLog = route({
  id: 'audit.export',
  method: 'GET',
  path: '/v1/audit-log/export',
  summary: 'Every entry that matches, newest first, as lines of JSON or as CSV',
  tag: 'Audit log',
  permission: 'audit:read',
  query: Type.Object({
    ...filters,
    /** `ndjson` unless said. */
    format: Type.Optional(Type.Union([Type.Literal('ndjson'), Type.Literal('csv')])),
  }),
  answer: Type.String(),
  media: 'application/x-ndjson, text/csv',
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});
