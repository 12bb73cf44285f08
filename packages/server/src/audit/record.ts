import type { Actor, AuditAction, AuditResource, AuditStatus } from '@gantry/core';
import type { Queries } from '../db/pool.ts';
import { run, statement } from '../db/statement.ts';
import { currentTrail, type Trail } from './trail.ts';

/** One thing that was done, or tried. No value that must stay secret may be in it. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly resource: {
    readonly type: AuditResource;
    readonly identifier: string;
    /** The blueprint it belongs to, of an entity and whatever else lives in one. */
    readonly blueprint?: string | undefined;
  };
  /** `SUCCESS` unless said. */
  readonly status?: AuditStatus;
  /** What it was; left out of what is new. */
  readonly before?: object | undefined;
  /** What it is now; left out of what is gone. */
  readonly after?: object | undefined;
  /** For people, where the rest does not speak for itself. */
  readonly message?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Who did it: an actor, or nobody who is known. */
export type AuditActor = KnownActor | null;
export type KnownActor = Pick<Actor, 'id' | 'label' | 'kind'>;

/** Who does what happens by itself: at start, by the clock. */
export const gantryItself: KnownActor = { kind: 'system', id: 'gantry', label: 'Gantry' };

/** An entry with everything that is known of how it came about. */
export interface FullEntry {
  readonly entry: AuditEntry;
  readonly actor: AuditActor;
  readonly trail: Trail | undefined;
  readonly at: Date;
}

const insert = statement(
  'audit.insert',
  `insert into audit (at, action, status, resource_type, resource, context, actor, actor_label, actor_kind, channel,
                      before, after, message, details)
   select at, action, status, type, resource, context, actor, label, kind, audit_channel(way, program),
          before, after, message, details
   from json_to_recordset($1::json) as new (at timestamptz, action text, status text, type text, resource text,
     context jsonb, actor text, label text, kind text, way text, program text, before jsonb, after jsonb, message text,
     details jsonb)`,
);

/**
 * Writes entries down, in the transaction of what they tell of: both are there after the commit, or neither. What
 * happens to entities is not recorded here but kept as their history, which the audit log shows as well.
 */
export async function record(queries: Queries, actor: AuditActor, ...entries: readonly AuditEntry[]): Promise<void> {
  const [trail, at] = [currentTrail(), new Date()];
  await insertEntries(
    queries,
    entries.map((entry) => ({ entry, actor, trail, at })),
  );
}

export async function insertEntries(queries: Queries, entries: readonly FullEntry[]): Promise<void> {
  if (entries.length > 0) await run(queries, insert, [JSON.stringify(entries.map(rowOf))]);
}

function rowOf({ entry, actor: acting, trail, at }: FullEntry) {
  const actor = trail?.viewer ?? acting;
  const { action, resource, status = 'SUCCESS', before, after, message, details } = entry;
  const kind = actor?.kind ?? 'anonymous';
  return {
    ...{ at, action, status, before, after, message },
    ...{ type: resource.type, resource: resource.identifier, context: contextOf(resource) },
    ...{ actor: actor?.id, label: actor?.label ?? 'nobody', kind },
    ...{ way: kind === 'user' && trail && !trail.isSession ? 'machine' : kind, program: trail?.program ?? '' },
    details: {
      ...(trail && { requestId: trail.requestId, address: trail.address, program: trail.program }),
      ...(trail?.viewer && acting && { viewedAs: acting.label }),
      ...details,
    },
  };
}

/** Port's words where it has some. */
const contextKeys: Partial<Record<AuditResource, string>> = {
  run: 'runId',
  webhook: 'webhookId',
  integration: 'installationId',
};

function contextOf({ type, identifier, blueprint }: AuditEntry['resource']): Record<string, string> {
  return { ...(blueprint === undefined ? {} : { blueprint }), [contextKeys[type] ?? type]: identifier };
}
