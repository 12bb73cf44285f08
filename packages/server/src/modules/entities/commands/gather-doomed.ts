import { Refusal } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import type { Model } from '../../blueprints/index.ts';
import type { Findings, Judgment } from '../../permissions/index.ts';
import { type Key, keyText } from '../store.ts';
import * as store from '../trash-store.ts';

/**
 * Everything that goes, locked: what was named and, if asked for, what requires it, however far that reaches. What the
 * actor may not see is not there for them: named, it is passed over; where it requires something, its name is not told.
 * No judgment: the actor may do everything. @throws Refusal `forbidden`, `has_dependents`
 */
export async function gatherDoomed(
  trx: Trx,
  model: Model,
  keys: readonly Key[],
  withDependents: boolean,
  judgment: Judgment | null,
): Promise<store.Doomed[]> {
  const places = new Set(keys.map(({ blueprintId }) => blueprintId));
  if (withDependents) addRequiring(model, places);
  await store.lockAlone(trx, [...places]);
  const doomed = await seenOf(trx, await store.lockForDeletion(trx, keys), judgment, model);
  for (;;) {
    const ids = doomed.map(({ id }) => id);
    const dependents = ids.length > 0 ? await store.dependentsOf(trx, ids) : [];
    if (dependents.length === 0) return doomed;
    const locked = await store.lockForDeletion(trx, dependents);
    const findings = await judgment?.examine(trx, locked);
    if (!withDependents) throw refuseNeeded(model, seenDependents(dependents, locked, findings));
    if (findings) refuseKept(model, locked, findings);
    doomed.push(...locked);
  }
}

/** The named that the actor sees. @throws Refusal `forbidden` for those they see and may not delete */
async function seenOf(
  trx: Trx,
  named: readonly store.Doomed[],
  judgment: Judgment | null,
  model: Model,
): Promise<store.Doomed[]> {
  const findings = await judgment?.examine(trx, named);
  if (!findings) return [...named];
  const seen = named.filter((one) => findings.allows(one, { action: 'read' }));
  refuseKept(model, seen, findings);
  return seen;
}

function refuseKept(model: Model, doomed: readonly store.Doomed[], findings: Findings): void {
  const kept = doomed.filter((one) => !findings.allows(one, { action: 'unregister' }));
  if (kept.length === 0) return;
  const seen = kept.filter((one) => findings.allows(one, { action: 'read' }));
  const names = seen.slice(0, SHOWN).map((one) => `${nameOf(model, one.blueprintId)} \`${one.identifier}\``);
  const what = names.length > 0 ? names.join(', ') : 'everything that requires this';
  const message = `You may not delete ${what}. Ask an administrator or a moderator of the blueprint for it.`;
  throw new Refusal('forbidden', message);
}

function seenDependents(
  dependents: readonly store.Dependent[],
  locked: readonly store.Doomed[],
  findings: Findings | undefined,
): store.Dependent[] {
  if (!findings) return [...dependents];
  const seen = locked.filter((one) => findings.allows(one, { action: 'read' }));
  const names = new Set(seen.map(keyText));
  return dependents.filter((one) => names.has(keyText(one)));
}

/** Adds every blueprint whose entities may require one of these, directly or not. */
function addRequiring(model: Model, places: Set<number>): void {
  const names = (ids: Set<number>) => new Set([...ids].map((id) => model.byId(id)?.identifier));
  for (let before = 0; before < places.size; ) {
    before = places.size;
    const aims = names(places);
    for (const { id, definition } of model.all) {
      const requires = Object.values(definition.relations).some(({ required, target }) => required && aims.has(target));
      if (requires) places.add(id);
    }
  }
}

const SHOWN = 10;

function refuseNeeded(model: Model, dependents: readonly store.Dependent[]): Refusal {
  const named = dependents.slice(0, SHOWN).map(({ blueprintId, identifier, name, target }) => {
    return `${nameOf(model, blueprintId)} \`${identifier}\` needs \`${target}\` as its ${name}`;
  });
  const rest = dependents.length > SHOWN ? `; and ${dependents.length - SHOWN} more` : '';
  const remedy = 'Point those elsewhere first, or add delete_dependents=true to delete them too.';
  const who = named.length > 0 ? `${named.join('; ')}${rest}` : 'something needs it';
  return new Refusal('has_dependents', `This has dependents (has_dependents): ${who}. ${remedy}`, {
    details: {
      dependents: dependents.slice(0, 100).map(({ blueprintId, identifier, name }) => {
        return { blueprint: nameOf(model, blueprintId), identifier, relation: name };
      }),
      count: dependents.length,
    },
  });
}

/** A blueprint that this process has not heard of yet is named by its number; the next look at the model knows it. */
export const nameOf = (model: Model, blueprintId: number) => model.byId(blueprintId)?.identifier ?? String(blueprintId);
