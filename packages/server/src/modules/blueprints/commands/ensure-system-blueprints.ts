import { mergeWithStructure, systemBlueprints } from '@gantry/core';
import { gantryItself } from '../../../audit/record.ts';
import type { Db } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import { insertBlueprint, updateBlueprint } from '../store.ts';
import { changeModel } from './change-model.ts';

/** System blueprints exist from the first second; a newer Gantry brings their newer built-in parts, extensions stay. */
export async function ensureSystemBlueprints(db: Db): Promise<void> {
  await changeModel(db, async (trx, model) => {
    for (const structure of systemBlueprints) {
      const stored = model.find(structure.identifier);
      const at = new Date();
      if (!stored) {
        await insertBlueprint(trx, { definition: structure, at, actor: gantryItself }, true);
        await writeFacts(trx, [{ kind: 'blueprint.created', blueprint: structure.identifier }]);
        continue;
      }
      const definition = mergeWithStructure(structure, stored.definition);
      if (JSON.stringify(definition) === JSON.stringify(stored.definition)) continue;
      await updateBlueprint(trx, stored, { definition, at, actor: gantryItself });
      await writeFacts(trx, [{ kind: 'blueprint.updated', blueprint: structure.identifier }]);
    }
  });
}
