import type { Trx } from '../../../db/pool.ts';
import type { Model } from '../../blueprints/index.ts';
import type { Judgment } from '../../permissions/index.ts';
import { type Key, keyText } from '../store.ts';

/**
 * Which of these names the actor may see. `ids` has the entities among them that exist; a name of nothing is seen where
 * every entity of its blueprint is.
 */
export async function seenAmong(
  judgment: Judgment,
  trx: Trx,
  model: Model,
  ids: ReadonlyMap<string, string>,
  keys: readonly Key[],
): Promise<(key: Key) => boolean> {
  const isOpen = ({ blueprintId }: Key) => {
    const blueprint = model.byId(blueprintId);
    return blueprint !== undefined && judgment.judge(blueprint).verdict({ action: 'read' }).opens === true;
  };
  const subjectOf = (key: Key) => {
    const id = ids.get(keyText(key));
    return id === undefined ? [] : [{ id, blueprintId: key.blueprintId }];
  };
  const findings = await judgment.examine(trx, keys.filter((key) => !isOpen(key)).flatMap(subjectOf));
  return (key) => isOpen(key) || subjectOf(key).some((subject) => findings.allows(subject, { action: 'read' }));
}
