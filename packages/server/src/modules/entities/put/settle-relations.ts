import { isSameJson, type Refusal } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import type { Model, StoredBlueprint } from '../../blueprints/index.ts';
import type { WriteContext } from '../entity-write.ts';
import { type Key, keyText, readTargets } from '../store.ts';
import { type Item, isPlanned } from './item.ts';
import { type Missing, refuseMissing, refuseRegistering } from './refusals.ts';
import { seenAmong } from './seen-targets.ts';
import type { WriteGuard } from './write-guard.ts';

/** One relation of one item that will hold something else than it does now. */
export interface ChangedRelation {
  readonly item: Item;
  readonly name: string;
  readonly target: StoredBlueprint;
  readonly identifiers: readonly string[];
}

export interface SettledRelations {
  readonly changed: readonly ChangedRelation[];
  /** Ids of the targets that exist already. */
  readonly targets: ReadonlyMap<string, string>;
  /** Bare entities to create, because a relation names them and the caller asked for it. */
  readonly stubs: readonly (Key & { readonly stored: StoredBlueprint })[];
}

/**
 * Looks every named target up at once. Items of one batch may name each other in any order; an item that is refused
 * takes those with it that name it, until nothing changes any more.
 */
export async function settleRelations(
  trx: Trx,
  model: Model,
  items: readonly Item[],
  context: WriteContext,
  guard: WriteGuard | null,
): Promise<SettledRelations> {
  const byItem = new Map(items.filter(isPlanned).map((item) => [item, changedRelations(item, model)] as const));
  const keys = [...byItem.values()].flat().flatMap(keysOf);
  const wanted = new Map(keys.map((key) => [keyText(key), key]));
  const targets = wanted.size > 0 ? await readTargets(trx, [...wanted.values()]) : new Map<string, string>();
  const isSeen = guard && (await seenAmong(guard.judgment, trx, model, targets, [...wanted.values()]));
  const isThere: IsThere = (key) => targets.has(keyText(key)) && (isSeen?.(key) ?? true);
  // A bare entity is made where nothing is, hidden or not, by who may register any there.
  const mayMake = ({ stored, ...key }: Stub) =>
    !guard ||
    (!targets.has(keyText(key)) && guard.judgment.judge(stored).verdict({ action: 'register' }).opens === true);
  const stubs =
    context.dangling === 'allow' ? [] : refuseOrCreate(byItem, isThere, context.createMissing === true && mayMake);
  const changed = [...byItem].flatMap(([item, relations]) => (item.refusal ? [] : relations));
  return { changed, targets, stubs };
}

type Stub = SettledRelations['stubs'][number];
type IsThere = (key: Key) => boolean;

/** @returns the bare entities that the accepted items need */
function refuseOrCreate(
  byItem: ReadonlyMap<Item, readonly ChangedRelation[]>,
  isThere: IsThere,
  mayMake: false | ((stub: Stub) => boolean),
): Stub[] {
  const stubs = new Map<string, Stub>();
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    stubs.clear();
    const arriving = new Set([...byItem.keys()].filter(isPlanned).map(arrivalKey));
    for (const [item, relations] of byItem) {
      if (item.refusal) continue;
      const missing = relations.flatMap((relation) => missingOf(relation, isThere, arriving));
      item.refusal = refusalOf(missing, mayMake);
      if (item.refusal) isSettled = false;
      else for (const one of missing) stubs.set(keyText(one), one);
    }
  }
  return [...stubs.values()];
}

function refusalOf(missing: readonly Missing[], mayMake: false | ((stub: Stub) => boolean)): Refusal | null {
  const absent = mayMake ? missing.filter(({ stored }) => stored.isSystem) : missing;
  if (absent.length > 0) return refuseMissing(absent);
  const [kept] = mayMake ? missing.filter((stub) => !mayMake(stub)) : [];
  return kept ? refuseRegistering({ stored: kept.stored, key: kept }) : null;
}

const arrivalKey = ({ stored, content, key }: Item) =>
  keyText({ blueprintId: stored.id, identifier: content?.identifier ?? key.identifier });

function changedRelations(item: Item & { content: NonNullable<Item['content']> }, model: Model): ChangedRelation[] {
  const before = item.existing?.relations ?? {};
  const after = item.content.relations;
  return [...item.compiled.relations.values()].flatMap(({ key, target: targetName }) => {
    const target = model.find(targetName);
    if (!target || isSameJson(before[key], after[key])) return [];
    return [{ item, name: key, target, identifiers: [after[key] ?? []].flat() }];
  });
}

const keysOf = ({ target, identifiers }: ChangedRelation): Key[] =>
  identifiers.map((identifier) => ({ blueprintId: target.id, identifier }));

/** Targets that neither exist nor arrive with this batch, as far as the relation did not hold them before. */
function missingOf(
  { item, name, target, identifiers }: ChangedRelation,
  isThere: IsThere,
  arriving: ReadonlySet<string>,
): Missing[] {
  const before = new Set([item.existing?.relations[name] ?? []].flat());
  return identifiers.flatMap((identifier) => {
    const key = { blueprintId: target.id, identifier };
    const text = keyText(key);
    if (isThere(key) || arriving.has(text) || before.has(identifier)) return [];
    return [{ ...key, path: `relations.${name}`, stored: target }];
  });
}
