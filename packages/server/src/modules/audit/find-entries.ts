import type { AuditAction, AuditOrigin, AuditResource, AuditStatus, EntityDiff } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { actorNames } from '../../db/actor-names.ts';
import type { Reader } from '../../db/reader.ts';
import type { AuditFilter } from './audit-filter.ts';
import { auditConditions, changeConditions } from './conditions.ts';

/** An entry as the database knows it. Of a change to an entity there is `diff`, of everything else `before` and `after`. */
export interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly action: AuditAction;
  readonly status: AuditStatus;
  readonly resource_type: AuditResource;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
  readonly actor: string | null;
  readonly actor_label: string;
  readonly actor_kind: string;
  readonly channel: AuditOrigin;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly diff: EntityDiff | null;
  readonly message: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Entries that match, newest first: the history of entities and everything else that was written down, as one. Both
 * tables take their numbers from one sequence, so that the number is order and cursor at once.
 * @param below the number of the last entry already had; undefined at the beginning
 */
export async function findEntries(
  reader: Reader,
  filter: AuditFilter,
  { below, limit }: { readonly below: string | undefined; readonly limit: number },
): Promise<EntryRow[]> {
  const page = { below, limit };
  const changes = changeConditions(filter);
  const branches = [
    entriesOfAudit(auditConditions(filter), page),
    ...(changes ? [entriesOfChanges(changes, page)] : []),
  ];
  return reader.rows<EntryRow>(
    sql`select * from (${sql.join(branches, sql` union all `)}) as entry order by id desc limit ${limit}`,
  );
}

interface Page {
  readonly below: string | undefined;
  readonly limit: number;
}

const newest = (id: RawBuilder<unknown>, { below, limit }: Page) =>
  sql`${below === undefined ? sql`true` : sql`${id} < ${below}::bigint`} order by ${id} desc limit ${limit}`;

function entriesOfAudit(conditions: RawBuilder<unknown>, page: Page): RawBuilder<unknown> {
  return sql`(
    select a.id, a.at, a.action, a.status, a.resource_type, a.resource, a.context, a.actor, a.actor_label, a.actor_kind,
           a.channel, a.before, a.after, null::jsonb as diff, a.message, a.details
    from audit a where ${conditions} and ${newest(sql`a.id`, page)})`;
}

function entriesOfChanges(conditions: RawBuilder<unknown>, page: Page): RawBuilder<unknown> {
  return sql`(
    select c.id, c.at,
           case c.action when 'created' then 'CREATE' when 'restored' then 'CREATE' when 'deleted' then 'DELETE'
             else 'UPDATE' end,
           'SUCCESS', 'entity', c.identifier,
           jsonb_build_object('blueprint', coalesce(b.identifier, former.identifier), 'entity', c.identifier),
           c.actor, coalesce(name.label, c.actor), coalesce(name.kind, 'system'), audit_channel(o.kind, o.label),
           null, null, c.diff, null,
           jsonb_build_object('change', c.action, 'origin', jsonb_strip_nulls(
             jsonb_build_object('kind', o.kind, 'label', o.label, 'url', o.url)))
    from (select * from change c where ${conditions} and ${newest(sql`c.id`, page)}) c
    join origin o on o.id = c.origin_id
    left join blueprint b on b.id = c.blueprint_id
    left join lateral (
      select r.identifier from blueprint_revision r where r.blueprint_id = c.blueprint_id order by r.revision desc limit 1
    ) former on b.id is null
    left join ${actorNames} name on name.id = c.actor)`;
}
