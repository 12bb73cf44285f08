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
import { type Key, keyText, readTargets, type StoredEntity } from '../store.ts';

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
  refusal: Refusal | null;
}

type Planned = Item & { content: EntityContent };

/** An item that nothing has refused so far, and whose content is known. */
export function isPlanned(item: Item): item is Planned {
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
    ...{ existing: null, content: null, diff: null, id: null },
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

function refuseSearch({ identifier }: StoredBlueprint, count: number): Refusal {
  return count === 0
    ? new Refusal('not_found', `No entity of ${identifier} matches the search in \`identifier\`; none was created.`)
    : refuseInvalid([
        {
          path: 'identifier',
          message: `the search matches more than one entity of ${identifier}`,
          remedy: 'search by what exactly one entity has',
        },
      ]);
}

/** Gives each item what is stored and what is meant, or says what is wrong with it. */
export async function parseItems(
  kit: EntityKit,
  trx: Trx,
  items: readonly Item[],
  entities: ReadonlyMap<string, StoredEntity>,
  actor: Actor,
): Promise<void> {
  for (const item of items) {
    item.existing = entities.get(keyText(item.key)) ?? null;
    item.refusal = refuseMode(item);
    if (item.refusal) continue;
    const mode = item.write.mode === 'merge' ? 'merge' : 'replace';
    const parsed = parseEntity(item.compiled, item.write.input, item.existing, mode);
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
  const content = { ...settled.value.content, identifier: settled.value.content.identifier ?? item.key.identifier };
  const problems = checkPersonName(item.stored.identifier, content, item.existing);
  if (problems.length > 0) item.refusal = refuseInvalid(problems);
  else item.content = keepBuiltIn(item.stored.identifier, content, item.existing);
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

/** An entity can only be renamed to what no other is called, and only when it exists. */
export async function refuseTakenNames(trx: Trx, items: readonly Item[]): Promise<void> {
  const renamed = items.filter(isPlanned).filter(({ key, content }) => content.identifier !== key.identifier);
  if (renamed.length === 0) return;
  const newKey = ({ key, content }: Planned) => ({ ...key, identifier: content.identifier });
  const taken = await readTargets(trx, renamed.map(newKey));
  for (const item of renamed) {
    const { stored, key, content } = item;
    const name = `${stored.identifier} \`${key.identifier}\``;
    if (!item.existing) {
      item.refusal = new Refusal('not_found', `There is no ${name} to rename to \`${content.identifier}\`.`);
    } else if (taken.has(keyText(newKey(item)))) {
      const message = `${name} cannot be renamed: there is a \`${content.identifier}\` already. Choose another name.`;
      item.refusal = new Refusal('already_exists', message);
    }
  }
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
