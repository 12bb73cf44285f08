import { isSameJson, type Problem, Refusal } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import type { Model, StoredBlueprint } from '../../blueprints/index.ts';
import type { WriteContext } from '../entity-write.ts';
import { type Key, keyText, readTargets } from '../store.ts';
import { type Item, isPlanned } from './item.ts';

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
): Promise<SettledRelations> {
  const byItem = new Map(items.filter(isPlanned).map((item) => [item, changedRelations(item, model)] as const));
  const keys = [...byItem.values()].flat().flatMap(keysOf);
  const wanted = new Map(keys.map((key) => [keyText(key), key]));
  const targets = wanted.size > 0 ? await readTargets(trx, [...wanted.values()]) : new Map<string, string>();
  const stubs = context.dangling === 'allow' ? [] : refuseOrCreate(byItem, targets, context.createMissing === true);
  const changed = [...byItem].flatMap(([item, relations]) => (item.refusal ? [] : relations));
  return { changed, targets, stubs };
}

type Stub = SettledRelations['stubs'][number];

/** @returns the bare entities that the accepted items need */
function refuseOrCreate(
  byItem: ReadonlyMap<Item, readonly ChangedRelation[]>,
  targets: ReadonlyMap<string, string>,
  createMissing: boolean,
): Stub[] {
  const stubs = new Map<string, Stub>();
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    stubs.clear();
    const arriving = new Set([...byItem.keys()].filter(isPlanned).map(arrivalKey));
    for (const [item, relations] of byItem) {
      if (item.refusal) continue;
      const missing = relations.flatMap((relation) => missingOf(relation, targets, arriving));
      const refused = createMissing ? missing.filter(({ stored }) => stored.isSystem) : missing;
      if (refused.length > 0) {
        item.refusal = refuseMissing(refused);
        isSettled = false;
      } else for (const one of missing) stubs.set(keyText(one), one);
    }
  }
  return [...stubs.values()];
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

interface Missing extends Key {
  readonly path: string;
  readonly stored: StoredBlueprint;
}

/** Targets that neither exist nor arrive with this batch, as far as the relation did not hold them before. */
function missingOf(
  { item, name, target, identifiers }: ChangedRelation,
  targets: ReadonlyMap<string, string>,
  arriving: ReadonlySet<string>,
): Missing[] {
  const before = new Set([item.existing?.relations[name] ?? []].flat());
  return identifiers.flatMap((identifier) => {
    const key = { blueprintId: target.id, identifier };
    const text = keyText(key);
    if (targets.has(text) || arriving.has(text) || before.has(identifier)) return [];
    return [{ ...key, path: `relations.${name}`, stored: target }];
  });
}

/** Exporters retry on exactly this code, once the missing entity has had time to arrive. */
function refuseMissing(missing: readonly Missing[]): Refusal {
  const problems: Problem[] = missing.map(({ path, stored, identifier }) => ({
    path,
    message: `names ${stored.identifier} \`${identifier}\`, which does not exist`,
    remedy: stored.isSystem ? 'create it first' : 'create it first, or add create_missing_related_entities=true',
  }));
  const message = problems.map((problem) => `${problem.path} ${problem.message}`).join('; ');
  return new Refusal('not_found', `${message}. Create what is missing first.`, { problems });
}
