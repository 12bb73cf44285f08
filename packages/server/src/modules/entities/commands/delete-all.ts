import type { Actor } from '@gantry/core';
import type { Queries, Trx } from '../../../db/pool.ts';
import { run, statement } from '../../../db/statement.ts';
import type { StoredBlueprint } from '../../blueprints/index.ts';
import { factsAbout } from '../put/facts.ts';
import { record } from '../store.ts';
import * as store from '../trash-store.ts';
import { TRASH_DAYS } from './delete-entities.ts';

const findNeeding = statement<{ blueprint: string; identifier: string; name: string; target: string }>(
  'entity.findNeedingAny',
  `select b.identifier as blueprint, s.identifier, r.name, r.target_identifier as target
   from relation r
   join entity s on s.id = r.source_id
   join blueprint b on b.id = s.blueprint_id
   where r.target_blueprint_id = $1 and r.target_id is not null and s.blueprint_id <> $1
     and (b.definition -> 'relations' -> r.name ->> 'required')::boolean
   limit 1`,
);

/** Names one entity of another blueprint that needs an entity of this one; null when there is none. */
export async function whyNeeded(db: Queries, stored: StoredBlueprint): Promise<string | null> {
  const [needing] = await run(db, findNeeding, [stored.id]);
  if (!needing) return null;
  const { blueprint, identifier, name, target } = needing;
  return `Not all entities of ${stored.identifier} can be deleted (has_dependents): ${blueprint} \`${identifier}\`, for one, needs \`${target}\` as its ${name}. Point those elsewhere or delete them first.`;
}

const takeSome = statement<store.Doomed>(
  'entity.takeSome',
  `select id, blueprint_id as "blueprintId", identifier from entity
   where blueprint_id = $1 order by identifier limit $2 for update`,
);

/**
 * Moves the next entities of a blueprint to the trash. Their fellows go as well, so what those hold is left to dangle;
 * from entities of other blueprints their names are cleared. @returns how many went
 */
export async function deleteSome(
  trx: Trx,
  stored: StoredBlueprint,
  most: number,
  actor: Actor,
  originId: number,
): Promise<number> {
  const doomed = await run(trx, takeSome, [stored.id, most]);
  const ids = doomed.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const stamp = { at: new Date(), actor: actor.id };
  await store.fillTrash(trx, ids, { ...stamp, days: TRASH_DAYS });
  await store.recordDeleted(trx, ids, { ...stamp, originId });
  await store.keepReferences(trx, ids, stored.id);
  const cleared = await store.clearReferences(trx, ids, stamp);
  await store.removeEntities(trx, ids);
  const history = cleared.map(({ id, ...row }) => ({ ...row, entityId: id, action: 'updated' as const, originId }));
  const gone = doomed.map(({ identifier }) => ({ blueprint: stored.identifier, identifier }));
  await record(trx, { changes: history, facts: factsAbout('entities.deleted', gone) }, stamp);
  return ids.length;
}
