import type { Actor, Caller, ParsedQuery } from '@gantry/core';
import type { Db, Queries } from '../../db/pool.ts';
import type { Reader } from '../../db/reader.ts';
import type { Model, ModelMemory } from '../blueprints/index.ts';
import type { Module } from '../module.ts';
import { type FindEntities, findEntities } from './find-entities.ts';
import { answersOf, type SearchKit } from './kit.ts';
import { OrderIndexes } from './page/order-indexes.ts';
import { SparseFilters } from './page/sparse-filters.ts';
import { wholeEntity } from './present/read-shape.ts';
import { callerFor } from './question.ts';
import { readEntityJson } from './read-entities.ts';
import { searchRoutes } from './routes.ts';

export interface SearchOptions {
  readonly db: Db;
  readonly reader: Reader;
  readonly memory: ModelMemory;
}

export interface SearchModule extends Module {
  /** For queries that stand in place of an identifier; runs in the asker's transaction. */
  readonly find: FindEntities;
  /** The caller as these queries see them; null when none of them speaks of the caller. */
  readonly callerFor: (
    queries: Queries,
    model: Model,
    actor: Actor,
    asked: readonly ParsedQuery[],
  ) => Promise<Caller | null>;
  /** Whole entities as JSON texts by id, as they are read; those that are gone are missing. */
  readonly readEntityJson: (queries: Queries, ids: readonly string[]) => Promise<Map<string, string>>;
}

/** What people and programs ask of the catalog: pages, searches, figures, graphs and exports. It writes nothing. */
export function searchModule({ db, reader, memory }: SearchOptions): SearchModule {
  const orders = new OrderIndexes(db, memory);
  const kit: SearchKit = { reader, memory, orders, sparse: new SparseFilters() };
  return {
    routes: searchRoutes(kit),
    jobs: orders.jobs,
    find: findEntities(memory),
    callerFor: (queries, model, actor, asked) => callerFor(asked, actor, answersOf(queries), model),
    readEntityJson: async (queries, ids) =>
      readEntityJson(ids, await memory.current(), answersOf(queries), wholeEntity),
  };
}
