import { type Actor, Refusal } from '@gantry/core';
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import { type AuditEntry, gantryItself, type KnownActor, record } from '../../audit/record.ts';
import type { SqlSight } from '../../db/filter-to-sql/scope.ts';
import { type Db, transaction } from '../../db/pool.ts';
import type { TrashTable } from '../../db/schema.ts';
import { scheduled } from '../../jobs/job.ts';

const PAGE = 50;
const BATCH = 1000;
const LARGEST_PAGE = 500;

export interface TrashFilter {
  readonly blueprint?: string | undefined;
  readonly entity?: string | undefined;
  readonly limit?: string | undefined;
  /** The `next` of the page before. */
  readonly from?: string | undefined;
}

/** A page of what has been deleted and was seen, newest first. @throws Refusal `invalid_request` for a `from` that is no cursor */
export async function listTrash(db: Db, { trash }: SqlSight, { blueprint, entity, limit, from }: TrashFilter) {
  const size = pageSize(limit);
  let query = db
    .selectFrom(sql<Selectable<TrashTable>>`${trash}`.as('trash'))
    .selectAll()
    .orderBy('deleted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (blueprint !== undefined) query = query.where('blueprint', '=', blueprint);
  if (entity !== undefined) query = query.where('identifier', '=', entity);
  if (from !== undefined) {
    const [at, id] = readCursor(from);
    query = query.where(sql<boolean>`(deleted_at, id) < (${at}::timestamptz, ${id}::bigint)`);
  }
  const rows = await query.execute();
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    trash: page.map((row) => ({
      ...{ id: row.id, blueprint: row.blueprint, identifier: row.identifier, title: row.title ?? row.identifier },
      deletedAt: row.deleted_at.toISOString(),
      deletedBy: row.deleted_by,
      expiresAt: row.expires_at.toISOString(),
    })),
    next: rows.length > size && last ? `${last.deleted_at.toISOString()}_${last.id}` : null,
  };
}

/** A whole number within bounds; anything else is the usual size, because clients send nonsense here. */
export function pageSize(limit: string | undefined): number {
  const wanted = Number(limit);
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, LARGEST_PAGE) : PAGE;
}

function readCursor(from: string): [string, string] {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\d{1,18})$/.exec(from) ?? [];
  if (at !== undefined && id !== undefined && !Number.isNaN(Date.parse(at))) return [at, id];
  throw new Refusal('invalid_request', '`from` is not the `next` of an earlier page. Start again without it.');
}

/** @throws Refusal `not_found` */
export async function purgeEntity(db: Db, id: string, actor: Actor): Promise<void> {
  const known = /^\d{1,18}$/.test(id) ? id : '0';
  const purged = await purge(db, sql<boolean>`id = ${known}::bigint`, actor);
  if (purged === 0) throw new Refusal('not_found', 'There is no such entity in the trash.');
}

/** Every night, what has been in the trash for its time goes for good. */
export function purgeJob(db: Db) {
  return scheduled('entities.purgeTrash', '17 3 * * *', async () => {
    const isOver = sql<boolean>`expires_at < now()`;
    const some = sql<boolean>`id in (select id from trash where ${isOver} order by expires_at limit ${sql.lit(BATCH)})`;
    while ((await purge(db, some, gantryItself)) === BATCH);
  });
}

/** @returns how many are gone */
async function purge(db: Db, condition: Expression<SqlBool>, actor: KnownActor): Promise<number> {
  return transaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('trash')
      .where(condition)
      .returning(['id', 'blueprint', 'identifier', 'title'])
      .execute();
    const entries = gone.map(({ id, blueprint, identifier, title }): AuditEntry => {
      const resource = { type: 'entity', identifier, blueprint } as const;
      const message = 'Deleted for good.';
      return { action: 'DELETE', resource, before: { identifier, title }, message, details: { entityId: id } };
    });
    await record(trx, actor, ...entries);
    return gone.length;
  });
}
