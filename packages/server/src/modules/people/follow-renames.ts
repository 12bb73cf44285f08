import type { Trx } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import { writeFacts } from '../../events/outbox.ts';
import type { EntityChange } from '../entities/index.ts';

interface Renamed {
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

function renamedAmong(changes: readonly EntityChange[]): Renamed[] {
  return changes.flatMap(({ id, before, after }) => {
    const isRenamed = before !== null && before.identifier !== after.identifier;
    return isRenamed ? [{ id, before: before.identifier, after: after.identifier }] : [];
  });
}

const renameAccounts = statement(
  'people.renameAccounts',
  `update account set email = renamed.after
   from json_to_recordset($1::json) as renamed (id bigint, before text, after text)
   where account.entity_id = renamed.id and account.email = renamed.before
     and not exists (select from account as other where other.email = renamed.after)`,
);

/** Who is renamed signs in under the new address. */
export async function followPeople(trx: Trx, people: readonly EntityChange[]): Promise<void> {
  const renamed = renamedAmong(people);
  if (renamed.length > 0) await run(trx, renameAccounts, [JSON.stringify(renamed)]);
}

const renameTeam = statement<{ blueprint: string; entities: string[] }>(
  'people.renameTeam',
  `with held as (
     update entity set team = array_replace(team, $1::text, $2::text) where team @> array[$1::text]
     returning blueprint_id, identifier
   )
   select b.identifier as blueprint, array_agg(held.identifier) as entities
   from held join blueprint b on b.id = held.blueprint_id group by b.identifier`,
);

/**
 * What a team owns and who belongs to it follow its new identifier. They do not count as changed: they mean the same
 * team as before. Only one team can be renamed in a write.
 */
export async function followTeams(trx: Trx, teams: readonly EntityChange[]): Promise<void> {
  for (const { before, after } of renamedAmong(teams)) {
    const held = await run(trx, renameTeam, [before, after]);
    await writeFacts(
      trx,
      held.map((one) => ({ kind: 'entities.updated', ...one })),
    );
  }
}
