import type { Actor } from '@gantry/core';
import { answersOf } from '../../db/answers.ts';
import type { Db, Queries } from '../../db/pool.ts';
import type { Reader } from '../../db/reader.ts';
import type { ModelMemory } from '../blueprints/index.ts';
import type { Module } from '../module.ts';
import type { Sights } from '../sight/index.ts';
import { type FindEntities, findEntities } from './find-entities.ts';
import type { SearchKit } from './kit.ts';
import { OrderIndexes } from './page/order-indexes.ts';
import { SparseFilters } from './page/sparse-filters.ts';
import { wholeEntity } from './present/read-shape.ts';
import { readEntityJson } from './read-entities.ts';
import { searchRoutes } from './routes.ts';

export interface SearchOptions {
  readonly db: Db;
  readonly reader: Reader;
  readonly memory: ModelMemory;
  readonly sights: Sights;
}

export interface SearchModule extends Module {
  /** For queries that stand in place of an identifier; runs in the asker's transaction. */
  readonly find: FindEntities;
  /** Whole entities as JSON texts by id, as they are read; those that are gone or not seen are missing. */
  readonly readEntityJson: (queries: Queries, ids: readonly string[], actor: Actor) => Promise<Map<string, string>>;
}

/** What people and programs ask of the catalog: pages, searches, figures, graphs and exports. It writes nothing. */
export function searchModule({ db, reader, memory, sights }: SearchOptions): SearchModule {
  const orders = new OrderIndexes(db, memory);
  const kit: SearchKit = { reader, sights, orders, sparse: new SparseFilters() };
  return {
    routes: searchRoutes(kit),
    jobs: orders.jobs,
    find: findEntities(sights),
    readEntityJson: async (queries, ids, actor) => {
      const answers = answersOf(queries);
      return readEntityJson(ids, await sights.of(actor, answers), answers, wholeEntity);
    },
  };
}
