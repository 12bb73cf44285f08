import { stampOf } from '@gantry/core';
import { type EntityWrite, putEntities, type WriteContext } from '../../entities/index.ts';
import type { ReportedProblem } from '../ingest-report.ts';
import type { SourceKit } from '../kit.ts';
import { originOfSource, type Reading } from '../reading.ts';
import { type KnownEntity, readKnown, renewSightings } from '../sightings.ts';
import { datasourceOf } from '../source.ts';
import type { ProposedEntity } from './proposed-entity.ts';

export interface StoredEntities {
  created: number;
  updated: number;
  unchanged: number;
  /** Entities taken, by blueprint. */
  readonly byBlueprint: Record<string, number>;
  readonly problems: ReportedProblem[];
}

/** What is written in one transaction, together with its sightings: a crash leaves whole batches, never half an entity. */
const BATCH = { entities: 500, characters: 8_000_000 };

/**
 * Stores what a source says now. Entities of which it says what it said last time are left alone, whatever people made
 * of them since; entities that another source brought first stay with that source.
 */
export async function storeEntities(
  kit: SourceKit,
  reading: Reading,
  proposed: Iterable<ProposedEntity>,
): Promise<StoredEntities> {
  const stored: StoredEntities = { created: 0, updated: 0, unchanged: 0, byBlueprint: {}, problems: [] };
  for (const batch of batches(proposed)) await storeBatch(kit, reading, batch, stored);
  return stored;
}

function* batches(proposed: Iterable<ProposedEntity>): Generator<ProposedEntity[]> {
  let batch: ProposedEntity[] = [];
  let characters = 0;
  for (const entity of proposed) {
    if (batch.length === BATCH.entities || (batch.length > 0 && characters + entity.size > BATCH.characters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(entity);
    characters += entity.size;
  }
  if (batch.length > 0) yield batch;
}

async function storeBatch(
  kit: SourceKit,
  reading: Reading,
  batch: readonly ProposedEntity[],
  stored: StoredEntities,
): Promise<void> {
  const { db, origins } = kit.entities;
  const { source } = reading;
  const known = await readKnown(
    db,
    source.id,
    batch.map(({ mapped }) => mapped),
  );
  const again: { id: string; location: string }[] = [];
  const changed: { proposal: ProposedEntity; write: EntityWrite }[] = [];
  for (const [index, proposal] of batch.entries()) {
    const before = known[index] ?? null;
    if (before && isClaimed(before)) stored.problems.push(claimed(proposal, before));
    else if (before?.contentHash === proposal.contentHash) {
      again.push({ id: before.id, location: proposal.location });
      take(stored, 'unchanged', proposal);
    } else changed.push({ proposal, write: writeOf(proposal, before) });
  }
  // Lines move although the content stays: where a value stands is kept up to date.
  await origins.idsOf(
    db,
    batch.map(({ origin }) => origin),
  );
  await renewSightings(db, source.id, again, new Date());
  await write(kit, reading, changed, stored);
}

function take(stored: StoredEntities, how: 'created' | 'updated' | 'unchanged', { mapped }: ProposedEntity): void {
  stored[how] += 1;
  stored.byBlueprint[mapped.blueprint] = (stored.byBlueprint[mapped.blueprint] ?? 0) + 1;
}

/** First come, first kept: what this source vouches for already stays its own. */
function isClaimed({ claimedBy, contentHash, isMissing }: KnownEntity): boolean {
  return claimedBy !== null && (contentHash === null || isMissing);
}

function claimed({ ref, place }: ProposedEntity, { claimedBy }: KnownEntity): ReportedProblem {
  return {
    code: 'claimed',
    ...place,
    entityRef: ref,
    message: `${ref} comes from ${claimedBy} already, which keeps it`,
    remedy: 'Remove it from one of the two places.',
  };
}

/**
 * The file has the word on what it says, and on what a file said before and no longer says, which is taken away. What
 * people and programs added beside it stays.
 */
function writeOf(
  { ref, mapped, origin, location, contentHash }: ProposedEntity,
  before: KnownEntity | null,
): EntityWrite {
  const { blueprint, identifier, title, team, properties, relations } = mapped;
  const input = {
    identifier,
    title,
    ...((team.length > 0 || (before && isFromFile(before, 'team'))) && { team }),
    properties: { ...nothingFor(before, 'properties', properties), ...properties },
    relations: { ...nothingFor(before, 'relations', relations), ...relations },
  };
  return { blueprint, input, mode: 'merge', origin, seenAs: { ref, location, contentHash } };
}

function nothingFor(
  before: KnownEntity | null,
  section: 'properties' | 'relations',
  said: Readonly<Record<string, unknown>>,
): Record<string, null> {
  if (!before) return {};
  const gone = before[section].filter((key) => !Object.hasOwn(said, key) && isFromFile(before, `${section}.${key}`));
  return Object.fromEntries(gone.map((key) => [key, null]));
}

function isFromFile({ fileOrigins, provenance }: KnownEntity, path: string): boolean {
  return fileOrigins.includes(stampOf(provenance, path)[0]);
}

async function write(
  kit: SourceKit,
  reading: Reading,
  changed: readonly { readonly proposal: ProposedEntity; readonly write: EntityWrite }[],
  stored: StoredEntities,
): Promise<void> {
  if (changed.length === 0) return;
  const context: WriteContext = {
    actor: reading.actor,
    origin: originOfSource(reading.source),
    datasource: datasourceOf(reading.source),
    dangling: 'allow',
    sourceId: reading.source.id,
  };
  const outcomes = await putEntities(
    kit.entities,
    changed.map((one) => one.write),
    context,
  );
  for (const [index, { proposal }] of changed.entries()) {
    const outcome = outcomes[index];
    if (outcome?.ok) take(stored, outcome.created ? 'created' : outcome.changed ? 'updated' : 'unchanged', proposal);
    else if (outcome) {
      const { place, ref: entityRef } = proposal;
      stored.problems.push({ code: 'not_stored', ...place, entityRef, message: outcome.refusal.message });
    }
  }
}
