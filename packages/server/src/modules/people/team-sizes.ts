import type { Trx } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import { writeFacts } from '../../events/outbox.ts';

const lockTeams = statement<{ id: string }>(
  'people.lockTeams',
  `select e.id from entity e
   where e.blueprint_id = (select id from blueprint where identifier = '_team') and e.identifier = any($1::text[])
   order by e.identifier for no key update`,
);

const count = statement<{ identifier: string }>(
  'people.countMembers',
  `with size as (
     select e.id, (
       select count(*) from entity person
       where person.blueprint_id = (select id from blueprint where identifier = '_user')
         and person.team @> array[e.identifier::text]
     ) as members
     from entity e where e.id = any($1::bigint[])
   )
   update entity set properties = properties || jsonb_build_object('size', members)
   from size where entity.id = size.id and entity.properties -> 'size' is distinct from to_jsonb(members)
   returning entity.identifier`,
);

/**
 * Writes down how many people these teams have. They are locked first and counted in a statement of its own, so that of
 * two who join at the same moment both are counted. The size follows from the people, whose history it is in: the team
 * itself does not count as changed, but who looks at it is told.
 */
export async function countMembers(trx: Trx, teams: readonly string[]): Promise<void> {
  if (teams.length === 0) return;
  const locked = await run(trx, lockTeams, [[...new Set(teams)]]);
  if (locked.length === 0) return;
  const changed = await run(trx, count, [locked.map(({ id }) => id)]);
  const entities = changed.map(({ identifier }) => identifier);
  if (entities.length === 0) return;
  await writeFacts(trx, [{ kind: 'entities.updated', blueprint: '_team', entities, detail: { derived: ['size'] } }]);
}

const findTeams = statement<{ team: string }>(
  'people.teamsOfDeleted',
  `select distinct jsonb_array_elements_text(snapshot -> 'entity' -> 'team') as team
   from trash where id = any($1::bigint[])`,
);

/** The teams of people who lie in the trash. */
export async function teamsOfDeleted(trx: Trx, ids: readonly string[]): Promise<string[]> {
  return (await run(trx, findTeams, [ids])).map(({ team }) => team);
}
