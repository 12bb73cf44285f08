import {
  type Actor,
  type CompiledBlueprint,
  checkPersonName,
  type EntityContent,
  type EntityDiff,
  identifyEntity,
  keepBuiltIn,
  type ParsedEntity,
  parseEntity,
  Refusal,
  refuseInvalid,
  SEARCHED_RELATION_LIMIT,
  settleEntity,
  type Unresolved,
} from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import { compiledOf, type Model, type StoredBlueprint } from '../../blueprints/index.ts';
import type { EntityChange } from '../entity-rules.ts';
import type { EntityWrite, WriteOutcome } from '../entity-write.ts';
import type { EntityKit } from '../kit.ts';
import { type Key, keyText, type StoredEntity } from '../store.ts';
import { refuseSearch } from './refusals.ts';

/** One write on its way: it starts with a place, gains what is stored and what is meant, and ends stored or refused. */
export interface Item {
  readonly write: EntityWrite;
  readonly stored: StoredBlueprint;
  readonly compiled: CompiledBlueprint;
  readonly originId: number;
  /** Where it is stored now, or will be when it is new. */
  readonly key: Key;
  /** What the caller called it, for reports. */
  readonly called: string;
  existing: StoredEntity | null;
  content: EntityContent | null;
  /** Null when nothing changes. */
  diff: EntityDiff | null;
  id: string | null;
  /** Hidden targets of relations for which the writer sent a search; they stay beside what it finds. */
  readonly kept: Map<string, readonly string[]>;
  /** Set where the writer changes nothing and could not: then nothing is renewed by it either. */
  isSilent: boolean;
  refusal: Refusal | null;
}

export type PlannedItem = Item & { content: EntityContent };

/** An item that nothing has refused so far, and whose content is known. */
export function isPlanned(item: Item): item is PlannedItem {
  return item.refusal === null && item.content !== null;
}

/** Whether a write gives its entity another name; known before anything is read. */
export function isRenaming({ write, key }: Item): boolean {
  if (write.at === undefined) return false;
  const identity = identifyEntity(write.input);
  return identity.ok && identity.value.kind === 'named' && identity.value.identifier !== key.identifier;
}

/** Finds out which entity a write is about; a search for it is run, an absent name is made. */
export async function identify(
  kit: EntityKit,
  trx: Trx,
  model: Model,
  write: EntityWrite,
  originId: number,
  actor: Actor,
  makeIdentifier: () => string,
): Promise<Item> {
  const stored = model.get(write.blueprint);
  const item = (identifier: string, called: string, refusal: Refusal | null = null): Item => ({
    ...{ write, stored, originId, called, refusal },
    compiled: compiledOf(stored),
    key: { blueprintId: stored.id, identifier },
    ...{ existing: null, content: null, diff: null, id: null, isSilent: false },
    kept: new Map(),
  });
  if (write.at !== undefined) return item(write.at, write.at);
  const identity = identifyEntity(write.input);
  if (!identity.ok) return item('', 'unknown', refuseInvalid(identity.problems));
  if (identity.value.kind === 'named') return item(identity.value.identifier, identity.value.identifier);
  if (identity.value.kind === 'unnamed') return item(makeIdentifier(), 'unknown');
  const found = await kit.find(trx, stored, identity.value.query, 2, actor);
  const [only] = found;
  return only !== undefined && found.length === 1
    ? item(only, 'unknown')
    : item('', 'unknown', refuseSearch(stored, found.length));
}

/** Whether the input names its entity by a search. */
export function isSearched({ write }: Item): boolean {
  const identity = identifyEntity(write.input);
  return write.at === undefined && identity.ok && identity.value.kind === 'searched';
}

/** Gives each item what is stored under its name. */
export function findExisting(items: readonly Item[], entities: ReadonlyMap<string, StoredEntity>): void {
  for (const item of items) item.existing = entities.get(keyText(item.key)) ?? null;
}

/** Gives each item what is meant, or says what is wrong with it. `inputs` has those to be read in place of what was sent. */
export async function parseItems(
  kit: EntityKit,
  trx: Trx,
  items: readonly Item[],
  actor: Actor,
  inputs: ReadonlyMap<Item, unknown>,
): Promise<void> {
  for (const item of items) {
    item.refusal ??= refuseMode(item);
    if (item.refusal) continue;
    const mode = item.write.mode === 'merge' ? 'merge' : 'replace';
    const parsed = parseEntity(item.compiled, inputs.get(item) ?? item.write.input, item.existing, mode);
    if (!parsed.ok) item.refusal = refuseInvalid(parsed.problems);
    else await settle(kit, trx, item, parsed.value, actor);
  }
}

function refuseMode({ write, stored, key, existing }: Item): Refusal | null {
  const name = `${stored.identifier} \`${key.identifier}\``;
  if (write.mode === 'create' && existing) {
    return new Refusal('already_exists', `There is ${name} already. Add upsert=true to write over it.`);
  }
  if (write.mustExist && !existing) return new Refusal('not_found', `There is no ${name}.`);
  return null;
}

async function settle(kit: EntityKit, trx: Trx, item: Item, parsed: ParsedEntity, actor: Actor): Promise<void> {
  const found = new Map<Unresolved, readonly string[]>();
  for (const unresolved of parsed.unresolved) {
    if (unresolved.kind !== 'identifier') found.set(unresolved, await search(kit, trx, item, unresolved, actor));
  }
  const pending = parsed.unresolved.filter(({ kind }) => kind !== 'identifier');
  const settled = settleEntity(item.compiled, { ...parsed, unresolved: pending }, (one) => found.get(one) ?? []);
  if (!settled.ok) {
    item.refusal = refuseInvalid(settled.problems);
    return;
  }
  const { content: meant } = settled.value;
  const identifier = meant.identifier ?? item.key.identifier;
  const content = { ...meant, identifier, relations: { ...meant.relations, ...keptBeside(meant.relations, item) } };
  const blueprint = item.stored.identifier;
  const problems = checkPersonName(blueprint, content, item.existing);
  if (problems.length > 0) item.refusal = refuseInvalid(problems);
  else item.content = keepBuiltIn(blueprint, content, item.existing);
}

function keptBeside(found: EntityContent['relations'], { kept, compiled }: Item): EntityContent['relations'] {
  const merged = [...kept].map(([relation, names]) => {
    const values = [found[relation] ?? []].flat();
    const isMany = compiled.relations.get(relation)?.many === true;
    return [relation, isMany ? [...new Set([...values, ...names])] : (values[0] ?? names[0])];
  });
  return Object.fromEntries(merged);
}

async function search(
  kit: EntityKit,
  trx: Trx,
  item: Item,
  unresolved: Unresolved,
  actor: Actor,
): Promise<readonly string[]> {
  const model = await kit.memory.current();
  const target = unresolved.kind === 'relation' ? unresolved.target : '_team';
  const limit = unresolved.kind === 'relation' && !unresolved.many ? 1 : SEARCHED_RELATION_LIMIT;
  const blueprint = unresolved.kind === 'identifier' ? item.stored : model.find(target);
  return blueprint ? kit.find(trx, blueprint, unresolved.query, limit, actor) : [];
}

/** What the caller is told about an item that has been through everything. */
export function outcomeOf(item: Item, documents: ReadonlyMap<string, string>): WriteOutcome {
  const { refusal, content, existing, id } = item;
  if (refusal) return { ok: false, identifier: item.called, refusal };
  if (content === null || id === null) throw new Error(`${item.called} was neither written nor refused.`);
  return {
    ...{ ok: true, id, created: existing === null, changed: existing === null || item.diff !== null },
    ...{ blueprint: item.stored.identifier, identifier: content.identifier, document: documents.get(id) },
  };
}

/** What has happened to the entities of some blueprints: one that was written twice is told of twice. */
export function changesAmong(items: readonly Item[], blueprints: ReadonlySet<string>): EntityChange[] {
  return items.flatMap((item) => {
    const { refusal, content: after, existing: before, id, diff } = item;
    const blueprint = item.stored.identifier;
    if (!blueprints.has(blueprint) || refusal || after === null || id === null) return [];
    return before === null || diff !== null ? [{ id, blueprint, before, after }] : [];
  });
}
