import type { Queries, Trx } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

export interface TeamRow {
  readonly identifier: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly members: readonly {
    readonly email: string;
    readonly title: string | null;
    readonly status: string | null;
  }[];
  readonly created_at: Date;
  readonly updated_at: Date;
}

const USER = "(select id from blueprint where identifier = '_user')";
const TEAM = "(select id from blueprint where identifier = '_team')";

const select = (where: string) => `
  select e.identifier, e.title, json_text(e.properties -> 'description') as description, e.created_at, e.updated_at,
         coalesce(held.members, '[]') as members
  from entity e left join lateral (
    select json_agg(json_build_object(
      'email', coalesce(a.email, p.identifier), 'title', p.title, 'status', json_text(p.properties -> 'status')
    ) order by p.identifier) as members
    from entity p left join account a on a.entity_id = p.id
    where p.blueprint_id = ${USER} and p.team @> array[e.identifier::text]
  ) as held on true
  where e.blueprint_id = ${TEAM} and ${where}
  order by coalesce(e.title, e.identifier), e.identifier`;

const all = statement<TeamRow>('people.listTeams', select('true'));
const one = statement<TeamRow>('people.findTeam', select('e.identifier = $1'));

export const listTeamRows = (db: Queries) => run(db, all, []);

export async function findTeamRow(db: Queries, identifier: string): Promise<TeamRow | null> {
  const [row] = await run(db, one, [identifier]);
  return row ?? null;
}

export interface Membership {
  readonly identifier: string;
  readonly team: readonly string[];
}

const lock = statement<Membership>(
  'people.lockMembers',
  `select identifier, team from entity
   where blueprint_id = ${USER} and (identifier = any($2::text[]) or team @> array[$1::text])
   order by identifier for no key update`,
);

/** The teams of those who are in a team and of those who shall be, locked until the transaction ends. */
export async function lockMembers(trx: Trx, team: string, wanted: readonly string[]): Promise<Membership[]> {
  return run(trx, lock, [team, wanted]);
}
