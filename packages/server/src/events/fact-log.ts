import type { Fact } from '@gantry/core';
import type { Queries } from '../db/pool.ts';
import { run, statement } from '../db/statement.ts';
import type { DeliveredFact } from '../modules/module.ts';

/**
 * A place in the outbox. Ordered by transaction, then by id: ids are handed out before transactions commit, so a
 * reader that went by ids alone would pass over one which a slower transaction holds.
 */
export interface Place {
  readonly tx: string;
  readonly id: string;
}

interface FactRow {
  tx: string;
  id: string;
  at: Date;
  fact: Fact;
}

/** Only transactions older than every running one are read: no fact can appear before a place once it was passed. */
const readAfter = statement<FactRow>(
  'outbox.readAfter',
  `select txid::text as tx, id::text as id, at, fact from outbox
   where (txid, id) > ($1::xid8, $2::bigint) and txid < pg_snapshot_xmin(pg_current_snapshot())
   order by txid, id limit $3`,
);

const isBehind = statement<{ pending: boolean }>(
  'outbox.isBehind',
  'select exists (select from outbox where (txid, id) > ($1::xid8, $2::bigint)) as pending',
);

const isKept = statement<{ kept: boolean }>(
  'outbox.isKept',
  `select exists (select from outbox where (txid, id) <= ($1::xid8, $2::bigint))
       or not exists (select from outbox where txid < pg_snapshot_xmin(pg_current_snapshot())) as kept`,
);

const readEnd = statement<Place>(
  'outbox.readEnd',
  `select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text as tx, '9223372036854775807' as id`,
);

const remove = statement(
  'outbox.remove',
  `delete from outbox where at < now() - $1::interval
     and txid <= (select last_tx from listener_position order by last_tx limit 1)`,
);

/** The next facts after a place, oldest first; the empty list when there are none yet. */
export async function factsAfter(
  db: Queries,
  place: Place,
  limit: number,
): Promise<{ fact: DeliveredFact; place: Place }[]> {
  const rows = await run(db, readAfter, [place.tx, place.id, limit]);
  return rows.map(({ tx, id, at, fact }) => ({ fact: { ...fact, id: `${tx}.${id}`, at }, place: { tx, id } }));
}

/** Whether facts are committed after a place, but held back by a transaction that is still running. */
export async function hasFactsAfter(db: Queries, place: Place): Promise<boolean> {
  const [answer] = await run(db, isBehind, [place.tx, place.id]);
  return answer?.pending ?? false;
}

/** Whether facts behind this place may have been tidied away: only the oldest ever are, so older ones prove it whole. */
export async function isForgotten(db: Queries, place: Place): Promise<boolean> {
  const [answer] = await run(db, isKept, [place.tx, place.id]);
  return answer?.kept !== true;
}

/** The place behind everything that can be read now. */
export async function endOfFacts(db: Queries): Promise<Place> {
  const [end] = await run(db, readEnd, []);
  if (!end) throw new Error('PostgreSQL answered no snapshot.');
  return end;
}

/** The place a fact's id stands for; null for what is no such id. */
export function placeOf(factId: string): Place | null {
  const [, tx, id] = /^(\d{1,20})\.(\d{1,19})$/.exec(factId) ?? [];
  return tx !== undefined && id !== undefined ? { tx, id } : null;
}

/** Forgets facts that every listener has heard and that no live viewer will ask for any more. */
export async function forgetFacts(db: Queries, olderThan: string): Promise<void> {
  await run(db, remove, [olderThan]);
}
