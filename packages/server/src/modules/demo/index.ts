import * as contract from '@gantry/contract';
import { answer, serve } from '../../http/serve.ts';
import type { Module } from '../module.ts';
import { findSource, listSightings } from '../sources/index.ts';
import { loadDemo } from './commands/load-demo.ts';
import { removeDemo } from './commands/remove-demo.ts';
import { startBlank } from './commands/start-blank.ts';
import { type DemoKit, demoSource } from './kit.ts';

/** The first choices of a new Gantry: the demo organization, which can be removed again, or nothing at all. */
export function demoModule(kit: DemoKit): Module {
  const { db } = kit.entities;
  const state = async () => {
    const source = await findSource(db, demoSource.kind, demoSource.key);
    const entities = source ? (await listSightings(db, source.id)).length : 0;
    return { loaded: entities > 0, entities };
  };
  return {
    routes: [
      serve(contract.getDemo, async () => answer({ demo: await state() })),
      serve(contract.loadDemo, async ({ actor }) => {
        await loadDemo(kit, actor, new Date());
        return answer({ demo: await state() });
      }),
      serve(contract.removeDemo, async ({ actor }) => {
        const kept = await removeDemo(kit, actor);
        return answer({ demo: await state(), kept });
      }),
      serve(contract.startBlank, async ({ actor }) => {
        await startBlank(db, actor);
        return answer({});
      }),
    ],
  };
}
