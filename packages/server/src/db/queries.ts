import type { ControlledTransaction, Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;
export type Trx = Transaction<Schema>;

/** Either kind of place that runs queries: most stores take this, so that they work inside and outside a transaction. */
export type Queries = Db | Trx | ControlledTransaction<Schema>;
