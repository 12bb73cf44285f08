import { type Actor, isSameJson } from '@gantry/core';
import { record } from '../../../audit/record.ts';
import { transaction } from '../../../db/pool.ts';
import { replaceBlueprint, retireBlueprints, type StoredBlueprint } from '../../blueprints/index.ts';
import { deleteEntities } from '../../entities/index.ts';
import {
  findSource,
  forgetSightings,
  listSightings,
  type Sighting,
  type Source,
  updateSource,
} from '../../sources/index.ts';
import { makeDemo } from '../data/make-demo.ts';
import { type Brought, broughtNothing, demoBlueprints } from '../demo-model.ts';
import { type DemoKit, demoOrigin, demoResource, demoSource } from '../kit.ts';
import { neededEntities, purgeTrash, touchedEntities, usedKeys } from '../store.ts';
import { inDemoTurn } from './in-demo-turn.ts';

/** An entity of the demo that stays, and is its finder's from now on. */
export interface KeptEntity {
  readonly blueprint: string;
  readonly identifier: string;
  readonly reason: 'changed' | 'needed' | 'shared';
}

/**
 * Removes what the demo organization brought: entities that nobody has changed, blueprints without entities, and what
 * it added to `_team` and `_user` as far as it is unused. @returns what stays, and why
 */
export async function removeDemo(kit: DemoKit, actor: Actor): Promise<KeptEntity[]> {
  const source = await findSource(kit.entities.db, demoSource.kind, demoSource.key);
  if (!source) return [];
  return inDemoTurn(kit, source, async () => {
    const kept = await removeEntities(kit, source, actor);
    const brought = (source.memory.brought as Brought | undefined) ?? broughtNothing;
    await withdrawExtensions(kit, brought, actor);
    await retireBlueprints(kit.entities, brought.blueprints, unchangedSinceLoading(), actor);
    await transaction(kit.entities.db, async (trx) => {
      await updateSource(trx, source.id, { memory: {}, refreshedAt: new Date() });
      await record(trx, actor, {
        action: 'DELETE',
        resource: demoResource,
        message: 'Removed what nobody has changed since.',
        details: { kept: kept.length },
      });
    });
    return kept;
  });
}

async function removeEntities(kit: DemoKit, source: Source, actor: Actor): Promise<KeptEntity[]> {
  const { db } = kit.entities;
  const all = await listSightings(db, source.id);
  const reasons = await reasonsToStay(kit, all);
  const going = all.filter(({ entityId }) => !reasons.has(entityId));
  if (going.length > 0) {
    const context = { actor, origin: demoOrigin, dependents: false, references: 'clear' } as const;
    await deleteEntities(kit.entities, going, context);
    await purgeTrash(
      db,
      going.map(({ entityId }) => entityId),
    );
  }
  await forgetSightings(db, source.id, [...reasons.keys()]);
  return all.flatMap(({ entityId, blueprint, identifier }) => {
    const reason = reasons.get(entityId);
    return reason ? [{ blueprint, identifier, reason }] : [];
  });
}

async function reasonsToStay(
  { entities: { db } }: DemoKit,
  all: readonly Sighting[],
): Promise<Map<string, KeptEntity['reason']>> {
  const touched = await touchedEntities(
    db,
    all.map(({ entityId }) => entityId),
  );
  const reasons = new Map<string, KeptEntity['reason']>();
  for (const { entityId, isOnly } of all) {
    if (!isOnly) reasons.set(entityId, 'shared');
    else if (touched.has(entityId)) reasons.set(entityId, 'changed');
  }
  // What stays may need others, and those may need others again.
  for (;;) {
    const going = all.map(({ entityId }) => entityId).filter((id) => !reasons.has(id));
    const needed = await neededEntities(db, going);
    if (needed.size === 0) return reasons;
    for (const id of needed) reasons.set(id, 'needed');
  }
}

async function withdrawExtensions({ entities, keeper }: DemoKit, { extensions }: Brought, actor: Actor): Promise<void> {
  for (const [identifier, added] of Object.entries(extensions)) {
    const { definition } = (await entities.memory.current()).get(identifier);
    const used = await usedKeys(entities.db, identifier);
    const stays =
      (section: 'properties' | 'relations') =>
      ([key]: [string, unknown]) =>
        !added[section].includes(key) || used.has(`${section}.${key}`);
    const properties = Object.fromEntries(Object.entries(definition.schema.properties).filter(stays('properties')));
    const relations = Object.fromEntries(Object.entries(definition.relations).filter(stays('relations')));
    const wanted = { ...definition, schema: { ...definition.schema, properties }, relations };
    await replaceBlueprint({ db: entities.db, keeper }, identifier, wanted, actor);
    entities.memory.forget();
  }
}

/** A blueprint that somebody has worked on is theirs now. */
function unchangedSinceLoading(): (stored: StoredBlueprint) => boolean {
  const own = new Map(
    demoBlueprints(makeDemo({ now: new Date() })).map((blueprint) => [blueprint.identifier, blueprint]),
  );
  return ({ identifier, definition }) => isSameJson(definition, own.get(identifier));
}
