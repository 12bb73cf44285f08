import type { PersonProperties } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/** A person with what lies around them, as the API tells of them. */
export interface UserRow {
  readonly identifier: string;
  readonly email: string | null;
  readonly title: string | null;
  readonly properties: PersonProperties & { readonly port_type?: unknown; readonly picture?: unknown };
  /** Names of their own teams. */
  readonly teams: readonly string[];
  readonly last_seen_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const USER = "(select id from blueprint where identifier = '_user')";
const TEAM = "(select id from blueprint where identifier = '_team')";

const select = (where: string) => `
  select e.identifier, a.email, e.title, e.properties, e.created_at, e.updated_at,
         array(
           select coalesce(t.title, own.name) from unnest(e.team) with ordinality as own (name, place)
           left join entity t on t.blueprint_id = ${TEAM} and t.identifier = own.name
           order by own.place
         ) as teams,
         (select max(s.last_seen_at) from session s where s.account_id = a.id and s.expires_at > now()) as last_seen_at
  from entity e left join account a on a.entity_id = e.id
  where e.blueprint_id = ${USER} and ${where}
  order by e.identifier`;

const all = statement<UserRow>('people.listUsers', select('true'));
const one = statement<UserRow>('people.findUser', select('e.identifier = $1'));

export const listUserRows = (db: Queries) => run(db, all, []);

export async function findUserRow(db: Queries, identifier: string): Promise<UserRow | null> {
  const [row] = await run(db, one, [identifier]);
  return row ?? null;
}

const named = statement<{ email: string; identifier: string }>(
  'people.named',
  `select given.email, e.identifier from unnest($1::text[]) as given (email)
   join entity e on e.blueprint_id = ${USER} and e.identifier = given.email
   union
   select given.email, e.identifier from unnest($1::text[]) as given (email)
   join account a on a.email = given.email join entity e on e.id = a.entity_id`,
);

/** Identifiers of people by what they are called: their identifier, or the address they sign in with. */
export async function peopleCalled(db: Queries, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await run(db, named, [names]);
  return new Map(rows.map(({ email, identifier }) => [email, identifier]));
}

const withAddress = statement<{ identifier: string }>(
  'people.withAddress',
  `select e.identifier from entity e
   where e.blueprint_id = ${USER} and lower(json_text(e.properties -> 'email')) = $1 limit 2`,
);

/** Identifiers of people whose files give them this address; two at most. */
export async function peopleWithAddress(db: Queries, email: string): Promise<string[]> {
  return (await run(db, withAddress, [email])).map(({ identifier }) => identifier);
}

const teamsNamed = statement<{ name: string; identifier: string }>(
  'people.teamsNamed',
  `select distinct on (name) name, e.identifier from unnest($1::text[]) as name
   join entity e on e.blueprint_id = ${TEAM} and (e.title = name or e.identifier = name)
   order by name, (e.title is not distinct from name) desc, e.identifier`,
);

/** Identifiers of teams by what they are called: their name, or else their identifier. */
export async function teamsCalled(db: Queries, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await run(db, teamsNamed, [names]);
  return new Map(rows.map(({ name, identifier }) => [name, identifier]));
}
