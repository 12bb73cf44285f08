import type { Actor } from '@gantry/core';
import { record } from '../../../audit/record.ts';
import { transaction } from '../../../db/pool.ts';
import { extendModel } from '../../blueprints/index.ts';
import { type EntityWrite, putEntities } from '../../entities/index.ts';
import { openSource, type Source, updateSource } from '../../sources/index.ts';
import type { Demo } from '../data/demo.ts';
import { makeDemo } from '../data/make-demo.ts';
import { type Brought, bothBrought, broughtNothing, planDemoModel } from '../demo-model.ts';
import { type DemoKit, demoOrigin, demoResource, demoSource } from '../kit.ts';
import { inDemoTurn } from './in-demo-turn.ts';

/**
 * Loads the demo organization. What has a name of the demo's already stays as it is, so loading twice, or again after a
 * crash, adds what is missing and nothing else.
 * @throws Refusal `already_exists` when blueprints of the same name mean something else
 */
export async function loadDemo(kit: DemoKit, actor: Actor, now: Date): Promise<void> {
  const { db } = kit.entities;
  const source = await openSource(db, demoSource.kind, demoSource.key);
  await inDemoTurn(kit, source, async () => {
    const demo = makeDemo({ now });
    await bringModel(kit, source, demo, actor);
    const writes = demo.entities.map((entity): EntityWrite => {
      const ref = `${entity.blueprint} ${entity.identifier}`;
      return {
        blueprint: entity.blueprint,
        input: entity,
        mode: 'create',
        seenAs: { ref, location: 'demo', contentHash: '' },
      };
    });
    const context = {
      actor,
      origin: demoOrigin,
      datasource: 'gantry/demo',
      dangling: 'allow',
      sourceId: source.id,
    } as const;
    const outcomes = await putEntities(kit.entities, writes, context);
    const failed = outcomes.find((outcome) => !outcome.ok && outcome.refusal.code !== 'already_exists');
    if (failed && !failed.ok) throw failed.refusal;
    await transaction(db, async (trx) => {
      await updateSource(trx, source.id, { status: 'ok', refreshedAt: now });
      await record(trx, actor, { action: 'CREATE', resource: demoResource, after: { entities: writes.length } });
    });
  });
}

/** Says what will be brought before bringing it: a crash in between must not leave a stranger in the model. */
async function bringModel({ entities }: DemoKit, source: Source, demo: Demo, actor: Actor): Promise<void> {
  const existing = (await entities.memory.current()).all.map(({ definition }) => definition);
  const { brought, changes } = planDemoModel(demo, existing);
  if (changes.length === 0) return;
  const before = source.memory.brought as Brought | undefined;
  await updateSource(entities.db, source.id, { memory: { brought: bothBrought(before ?? broughtNothing, brought) } });
  await extendModel(entities, (model) => planDemoModel(demo, model).changes, actor);
}
