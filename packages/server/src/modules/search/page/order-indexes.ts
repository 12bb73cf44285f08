import { createHash } from 'node:crypto';
import type { Sort } from '@gantry/core';
import { sql } from 'kysely';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../../db/filter-to-sql/whole-sight.ts';
import type { Db } from '../../../db/pool.ts';
import { addJob, handles, type JobHandler, jobKind, scheduled } from '../../../jobs/job.ts';
import type { ModelMemory } from '../../blueprints/index.ts';
import { orderBy, type SortKey, sortKeysOf } from './sort-keys.ts';

/** A page that had to be sorted and took longer than this, in milliseconds, earns its order an index. */
const SLOW = 25;
/** How often a process looks which indexes there are, and how often it says that one is in use. */
const LOOK_AGAIN = 30_000;
const SAY_AGAIN = 86_400_000;
/** Each costs every write to its blueprint a little. */
const MOST_OF_A_BLUEPRINT = 8;
const DAYS_UNUSED = 30;

const makeIndex = jobKind<{ blueprint: string; sort: Sort }>('search.index-order');

/**
 * Indexes for the orders that people really ask for: the first slow page in an order has one made, beside the work of
 * everybody else; an order nobody asks for any more loses it. Nobody has to declare what is sorted by.
 */
export class OrderIndexes {
  readonly #db: Db;
  readonly #memory: ModelMemory;
  readonly #said = new Map<string, number>();
  #names: ReadonlySet<string> = new Set();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(db: Db, memory: ModelMemory) {
    this.#db = db;
    this.#memory = memory;
  }

  readonly jobs: readonly JobHandler[] = [
    handles(makeIndex, ({ blueprint, sort }) => this.make(blueprint, sort)),
    scheduled('search.drop-unused-orders', '17 3 * * *', () => this.dropUnused()),
  ];

  /** Whether rows can be walked in this order without sorting them. */
  async has(keys: readonly SortKey[], blueprintId: number): Promise<boolean> {
    if (keys[0]?.isIndexed) return true;
    const name = this.#nameOf(keys, blueprintId);
    if (!(await this.#known()).has(name)) return false;
    if (this.#isNews(name, SAY_AGAIN)) {
      await this.#db.updateTable('order_index').set({ asked_at: new Date() }).where('name', '=', name).execute();
    }
    return true;
  }

  /** Told how long a page took that had to be sorted. */
  async noteSorted(milliseconds: number, sort: Sort, scope: FilterScope): Promise<void> {
    const { blueprint } = scope;
    if (milliseconds < SLOW || !this.#isNews(`${blueprint.id} ${JSON.stringify(sort)}`, SAY_AGAIN)) return;
    if (!sortKeysOf(sort, scope).every((key) => key.isIndexable !== false)) return;
    const payload = { blueprint: blueprint.identifier, sort };
    await addJob(this.#db, makeIndex, payload, { key: `order ${blueprint.id} ${JSON.stringify(sort)}` });
  }

  async make(blueprintName: string, sort: Sort): Promise<void> {
    const model = await this.#memory.current();
    const blueprint = model.find(blueprintName);
    if (!blueprint) return;
    const keys = sortKeysOf(sort, { blueprint, model, sight: wholeSqlSight });
    const name = this.#nameOf(keys, blueprint.id);
    const made = await this.#db.selectFrom('order_index').select('name').where('name', '=', name).executeTakeFirst();
    if (made) return;
    await this.#makeRoom(blueprint.id);
    // A build that was interrupted leaves an index that is kept up to date but never used.
    await sql`drop index concurrently if exists ${sql.id(name)}`.execute(this.#db);
    await sql`create index concurrently ${sql.id(name)} on entity (${orderBy(keys, ({ expression }) => sql`(${expression})`)})
      where blueprint_id = ${sql.lit(blueprint.id)}`.execute(this.#db);
    await this.#db
      .insertInto('order_index')
      .values({ name, blueprint_id: blueprint.id, asked_at: new Date() })
      .onConflict((at) => at.doNothing())
      .execute();
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** Drops indexes of blueprints that are gone, and those nobody has asked for in a month. */
  async dropUnused(): Promise<void> {
    const { rows } = await sql<{ name: string }>`
      select name from order_index where asked_at < now() - make_interval(days => ${DAYS_UNUSED})
        or not exists (select from blueprint where id = blueprint_id)`.execute(this.#db);
    for (const { name } of rows) await this.#drop(name);
  }

  async #makeRoom(blueprintId: number): Promise<void> {
    const { rows } = await sql<{ name: string }>`
      select name from order_index where blueprint_id = ${blueprintId}
      order by asked_at desc offset ${MOST_OF_A_BLUEPRINT - 1}`.execute(this.#db);
    for (const { name } of rows) await this.#drop(name);
  }

  async #drop(name: string): Promise<void> {
    await this.#db.deleteFrom('order_index').where('name', '=', name).execute();
    await sql`drop index concurrently if exists ${sql.id(name)}`.execute(this.#db);
  }

  /** Of the whole expression: when a property changes its type, its order needs another index. */
  #nameOf(keys: readonly SortKey[], blueprintId: number): string {
    const { sql: columns } = sql`${orderBy(keys, ({ expression }) => expression)}`.compile(this.#db);
    const hash = createHash('sha256').update(`${blueprintId} ${columns}`).digest('hex').slice(0, 24);
    return `entity_order_${hash}`;
  }

  async #known(): Promise<ReadonlySet<string>> {
    const now = performance.now();
    if (now - this.#readAt < LOOK_AGAIN) return this.#names;
    this.#readAt = now;
    const rows = await this.#db.selectFrom('order_index').select('name').execute();
    this.#names = new Set(rows.map(({ name }) => name));
    return this.#names;
  }

  #isNews(subject: string, patience: number): boolean {
    const now = performance.now();
    const last = this.#said.get(subject);
    if (last !== undefined && now - last < patience) return false;
    if (this.#said.size >= 1000) this.#said.clear();
    this.#said.set(subject, now);
    return true;
  }
}
