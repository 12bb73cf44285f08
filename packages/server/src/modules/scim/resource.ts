import type SCIMMY from 'scimmy';
import type { Trx } from '../../db/pool.ts';
import type { EntityWrite } from '../entities/index.ts';
import type { Kind, Row } from './store.ts';

/** A user or group as the SCIM library checks and writes it. */
export type Resource = SCIMMY.Types.Schema;

/** What is written for a resource: its entity, others with it, and what entities have no place for. */
export interface Plan {
  readonly input: object;
  readonly attributes: object;
  readonly others: readonly EntityWrite[];
}

/** The two kinds of resources, as views on entities. */
export interface ResourceKind<T extends Resource> {
  readonly kind: Kind;
  /** The attribute that directories look resources up by. */
  readonly naming: 'userName' | 'displayName';
  /** Checked as its schema has it; what only the server says is dropped. @throws what `spoken` understands */
  read(body: unknown): T;
  present(row: Row, base: string): T;
  /** With the identifier of the entity it is or is to be. @throws Refusal */
  plan(trx: Trx, wanted: T, before: Row | null): Promise<Plan & { readonly identifier: string }>;
  /** What is written before the entity goes to the trash. */
  release(trx: Trx, row: Row): Promise<readonly EntityWrite[]>;
}

/** A resource as JSON, without what entities or the server know better. */
export function withoutKnown(resource: Resource, known: readonly string[]): Record<string, unknown> {
  const plain: Record<string, unknown> = JSON.parse(JSON.stringify(resource));
  const dropped = new Set(['schemas', 'id', 'meta', ...known]);
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !dropped.has(name)));
}
