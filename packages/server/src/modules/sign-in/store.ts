import {
  type ClaimMapping,
  type ClaimProblem,
  type Claims,
  defaultClaimMapping,
  type RefusalReason,
} from '@gantry/core';
import { sql } from 'kysely';
import type { Db, Queries } from '../../db/pool.ts';

const KEPT_ATTEMPTS = 50;

/** What administrators decided about a provider. */
export interface ProviderDecision {
  readonly enabled: boolean;
  readonly mapping: ClaimMapping;
}

/** What nobody has decided about yet is off. */
export const undecided: ProviderDecision = { enabled: false, mapping: defaultClaimMapping };

/** By the provider's id; mappings of an older Gantry are filled up with what is usual. */
export async function readDecisions(db: Queries): Promise<ReadonlyMap<string, ProviderDecision>> {
  const rows = await db.selectFrom('sign_in_provider').select(['id', 'enabled', 'mapping']).execute();
  return new Map(
    rows.map(({ id, enabled, mapping }) => [id, { enabled, mapping: { ...defaultClaimMapping, ...mapping } }]),
  );
}

export async function putDecision(db: Queries, id: string, decision: ProviderDecision, by: string): Promise<void> {
  const row = { enabled: decision.enabled, mapping: JSON.stringify(decision.mapping), updated_by: by };
  await db
    .insertInto('sign_in_provider')
    .values({ id, ...row })
    .onConflict((at) => at.column('id').doUpdateSet({ ...row, updated_at: sql<Date>`now()` }))
    .execute();
}

/** A trial, or a sign-in that was refused. */
interface Attempt extends Partial<AttemptFacts> {
  readonly reference: string;
  readonly provider: string;
  /** The administrator who tried; null for people who wanted in. */
  readonly tester: string | null;
}

/** What came of it; without a reason, nothing stood in the way. */
export interface AttemptFacts {
  readonly reason: RefusalReason | undefined;
  readonly detail: string | undefined;
  readonly problems: readonly ClaimProblem[];
  readonly claims: Claims | undefined;
}

/** Writes it down, and forgets the oldest ones of the provider. */
export async function addAttempt(db: Db, attempt: Attempt): Promise<void> {
  const { reference, provider, tester, reason, detail, problems = [], claims } = attempt;
  await db
    .insertInto('sign_in_attempt')
    .values({
      ...{ reference, provider, tester, reason: reason ?? null },
      detail: detail === undefined ? null : storable(detail),
      problems: JSON.stringify(problems, storableValue),
      claims: claims === undefined ? null : JSON.stringify(claims, storableValue),
    })
    .execute();
  const kept = db
    .selectFrom('sign_in_attempt')
    .select('reference')
    .where('provider', '=', provider)
    .orderBy('at', 'desc')
    .limit(KEPT_ATTEMPTS);
  await db.deleteFrom('sign_in_attempt').where('provider', '=', provider).where('reference', 'not in', kept).execute();
}

/** Of a provider, newest first. */
export async function lastAttempts(db: Queries, provider: string) {
  return db
    .selectFrom('sign_in_attempt')
    .selectAll()
    .where('provider', '=', provider)
    .orderBy('at', 'desc')
    .limit(KEPT_ATTEMPTS)
    .execute();
}

export async function findRefusal(db: Queries, reference: string) {
  return db
    .selectFrom('sign_in_attempt')
    .select(['reference', 'provider', 'reason', 'problems'])
    .where('reference', '=', reference)
    .where('tester', 'is', null)
    .executeTakeFirst();
}

/** PostgreSQL holds neither NUL nor halves of characters. */
const storable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed();
const storableValue = (_: string, value: unknown) => (typeof value === 'string' ? storable(value) : value);
