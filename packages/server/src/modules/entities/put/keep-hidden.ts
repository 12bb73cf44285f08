import { isSameJson } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import type { Model, StoredBlueprint } from '../../blueprints/index.ts';
import { type Key, keyText, readTargets } from '../store.ts';
import type { Item } from './item.ts';
import { refuseChanging, refuseMissing } from './refusals.ts';
import { seenAmong } from './seen-targets.ts';
import type { WriteGuard } from './write-guard.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * What the actor may not see stays as it is, although a replacement leaves it out: who writes replaces what they read.
 * Who names something hidden is refused, whatever they say of it, so that nothing can be found out by guessing.
 * @returns inputs completed with what is hidden; items that nothing is hidden of have none
 */
export async function keepHidden(
  guard: WriteGuard,
  trx: Trx,
  model: Model,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, unknown>> {
  const existing = items.filter((item) => item.existing !== null && item.refusal === null);
  const held = existing.flatMap((item) => heldBy(item, model));
  const keys = [...new Map(held.map(({ key }) => [keyText(key), key])).values()];
  const ids = keys.length > 0 ? await readTargets(trx, keys) : new Map<string, string>();
  const isSeen = await seenAmong(guard.judgment, trx, model, ids, keys);
  const inputs = new Map<Item, unknown>();
  for (const item of existing) {
    const { input } = item.write;
    if (!isObject(input)) continue;
    const hidden = heldBy(item, model).filter(({ key }) => !isSeen(key));
    const properties = keepKeys(item, guard.hiddenProperties(item), 'properties', input.properties);
    const targets = keepTargets(item, hidden, input.relations);
    const relations = keepKeys(item, guard.hiddenRelations(item), 'relations', targets ?? input.relations);
    inputs.set(item, {
      ...input,
      ...(properties && { properties }),
      ...((relations ?? targets) && { relations: relations ?? targets }),
    });
  }
  return inputs;
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One name that a relation of an entity holds. */
interface Held {
  readonly relation: string;
  readonly target: StoredBlueprint;
  readonly key: Key;
}

function heldBy({ compiled, existing }: Item, model: Model): Held[] {
  return [...compiled.relations.values()].flatMap(({ key: relation, target: name }) => {
    const target = model.find(name);
    const identifiers = [existing?.relations[relation] ?? []].flat();
    if (!target) return [];
    return identifiers.map((identifier) => ({ relation, target, key: { blueprintId: target.id, identifier } }));
  });
}

/** Whole properties or relations that are hidden. */
function keepKeys(
  item: Item,
  hidden: readonly string[],
  section: 'properties' | 'relations',
  given: unknown,
): Given | undefined {
  if (hidden.length === 0 || !isObject(given ?? {})) return undefined;
  const sent = isObject(given) ? given : {};
  const named = hidden.filter((key) => Object.hasOwn(sent, key));
  if (named.length > 0) {
    item.refusal = refuseChanging(
      item,
      named.map((key) => `${section}.${key}`),
    );
  }
  if (item.write.mode === 'merge') return undefined;
  const before: Given = item.existing?.[section] ?? {};
  return { ...sent, ...Object.fromEntries(hidden.flatMap((key) => (key in before ? [[key, before[key]]] : []))) };
}

/** Hidden entities that relations lead to. */
function keepTargets(item: Item, hidden: readonly Held[], given: unknown): Given | undefined {
  if (hidden.length === 0 || !isObject(given ?? {})) return undefined;
  const sent = isObject(given) ? given : {};
  const named = hidden.filter(({ relation, key }) => [sent[relation] ?? []].flat().includes(key.identifier));
  if (named.length > 0) {
    item.refusal = refuseMissing(
      named.map(({ relation, target, key }) => ({ path: `relations.${relation}`, stored: target, ...key })),
    );
  }
  const kept = [...Map.groupBy(hidden, ({ relation }) => relation)].flatMap(([relation, held]) => {
    if (!Object.hasOwn(sent, relation) && item.write.mode === 'merge') return [];
    const names = held.map(({ key }) => key.identifier);
    // What a search stands for is found later.
    if (isObject(sent[relation])) item.kept.set(relation, names);
    return [[relation, keptValue(sent[relation] ?? null, names, item.existing?.relations[relation])]];
  });
  return { ...sent, ...Object.fromEntries(kept) };
}

/** A list keeps its order when nothing that can be seen has changed in it. */
function keptValue(given: unknown, hidden: readonly string[], before: string | string[] | undefined): unknown {
  if (isObject(given)) return given;
  if (!Array.isArray(before)) return given ?? hidden[0];
  const wanted = [given ?? []].flat();
  const seenBefore = before.filter((name) => !hidden.includes(name));
  return isSameJson(wanted, seenBefore) ? before : [...wanted, ...hidden];
}
