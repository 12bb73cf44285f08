import { type Actor, rolesInScope, rolesOfPerson, type TokenScope } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { run, type Statement, statement } from '../../db/statement.ts';

interface PersonRow {
  account_id: string;
  identifier: string;
  port_role: unknown;
  moderated_blueprints: unknown;
  teams: string[];
  scopes: TokenScope[] | null;
}

/**
 * Who acts, in one query: from whatever proves it (`found` gives `account_id` and `scopes`) to the entity of the person,
 * with their roles and their teams up to the topmost. Whoever is not active is nobody, from that moment on. `touched`
 * notes that the proof was used, at most once a minute.
 */
const personBy = (name: string, found: string, touched?: string) =>
  statement<PersonRow>(
    `person.${name}`,
    `with recursive ${touched === undefined ? '' : `touched as (${touched}),`} found as (${found}), person as (
       select found.account_id, found.scopes, e.identifier, e.team, e.properties -> 'port_role' as port_role,
              e.properties -> 'moderated_blueprints' as moderated_blueprints
       from found
       join account a on a.id = found.account_id
       join entity e on e.id = a.entity_id
       where e.properties ->> 'status' = 'Active'
     ), belonging (team) as (
       select unnest(team) from person
       union
       select e.relations ->> 'parent'
       from belonging
       join blueprint b on b.identifier = '_team'
       join entity e on e.blueprint_id = b.id and e.identifier = belonging.team
       where e.relations ->> 'parent' is not null
     )
     select account_id, scopes, identifier, port_role, moderated_blueprints,
            array(select team from belonging order by team) as teams
     from person`,
  );

const A_MINUTE_AGO = "now() - interval '1 minute'";

const bySession = personBy(
  'bySession',
  'select account_id, null::text[] as scopes from session where token_hash = $1 and expires_at > now()',
  `update session set last_seen_at = now()
   where token_hash = $1 and expires_at > now() and last_seen_at < ${A_MINUTE_AGO}`,
);
const byToken = personBy(
  'byToken',
  'select account_id, scopes from personal_token where token_hash = $1 and expires_at > now()',
  `update personal_token set last_used_at = now()
   where token_hash = $1 and expires_at > now() and (last_used_at is null or last_used_at < ${A_MINUTE_AGO})`,
);
const byAccount = personBy('byAccount', 'select id as account_id, null::text[] as scopes from account where id = $1');
const byName = personBy(
  'byName',
  `select account.id as account_id, null::text[] as scopes
   from account join entity on entity.id = account.entity_id where entity.identifier = $1`,
);

/** Whose open session this is, by the hash of its secret; null when it is over or its person is not active. */
export const personOfSession = (db: Queries, tokenHash: string) => findPerson(db, bySession, tokenHash);

/** Who made this personal token, as far as its scopes reach, by the hash of it. */
export const personOfToken = (db: Queries, tokenHash: string) => findPerson(db, byToken, tokenHash);

export const personOfAccount = (db: Queries, accountId: string) => findPerson(db, byAccount, accountId);

/** The person whose `_user` entity has this identifier, as they act when they sign in. */
export const personCalled = (db: Queries, identifier: string) => findPerson(db, byName, identifier);

async function findPerson(db: Queries, sql: Statement<PersonRow>, key: string): Promise<Actor | null> {
  const [row] = await run(db, sql, [key]);
  if (!row) return null;
  const roles = rolesOfPerson(row);
  const who = { kind: 'user', id: row.account_id, label: row.identifier, teams: row.teams } as const;
  return row.scopes === null
    ? { ...who, roles }
    : { ...who, roles: rolesInScope(roles, row.scopes), scopes: row.scopes };
}
