import type { Queries, Trx } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/** An entity with what SCIM knows of it besides, and those it belongs together with. */
export interface Row {
  readonly id: string;
  readonly identifier: string;
  readonly title: string | null;
  readonly status: string | null;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** Of a user their teams, of a team its people. */
  readonly others: readonly { readonly id: string; readonly display: string }[];
}

const USER = "(select id from blueprint where identifier = '_user')";
const TEAM = "(select id from blueprint where identifier = '_team')";

/** `sides` says which other entities (`o`) belong to this one (`e`). */
const select = (kind: string, others: string, sides: string, where: string) => `
  select e.id::text, e.identifier, e.title, json_text(e.properties -> 'status') as status, s.attributes, e.created_at,
         e.updated_at, coalesce(held.others, '[]') as others
  from entity e left join scim_resource s on s.entity_id = e.id left join lateral (
    select json_agg(json_build_object('id', o.id::text, 'display', coalesce(o.title, o.identifier)) order by o.identifier)
           as others
    from entity o where o.blueprint_id = ${others} and ${sides}
  ) as held on true
  where e.blueprint_id = ${kind} and ${where}`;

const statements = (name: string, kind: string, others: string, sides: string, naming: string) => ({
  all: statement<Row>(`scim.${name}.all`, `${select(kind, others, sides, 'true')} order by e.id`),
  named: statement<Row>(
    `scim.${name}.named`,
    `${select(kind, others, sides, `lower(coalesce(s.attributes ->> '${naming}', e.title, e.identifier)) = lower($1)`)}`,
  ),
  byId: statement<Row>(`scim.${name}.byId`, select(kind, others, sides, 'e.id::text = $1')),
  locked: statement<Row>(`scim.${name}.locked`, `${select(kind, others, sides, 'e.id::text = $1')} for update of e`),
});

const kinds = {
  _user: statements('users', USER, TEAM, 'o.identifier = any(e.team)', 'userName'),
  _team: statements('groups', TEAM, USER, 'o.team @> array[e.identifier::text]', 'displayName'),
};

/** `_user` for users, `_team` for groups. */
export type Kind = keyof typeof kinds;

export const listRows = (db: Queries, kind: Kind) => run(db, kinds[kind].all, []);

/** Those with this `userName` or `displayName`, in any case. */
export const listNamed = (db: Queries, kind: Kind, name: string) => run(db, kinds[kind].named, [name]);

export async function findRow(db: Queries, kind: Kind, id: string): Promise<Row | null> {
  return (await run(db, kinds[kind].byId, [id]))[0] ?? null;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockRow(trx: Trx, kind: Kind, id: string): Promise<Row | null> {
  return (await run(trx, kinds[kind].locked, [id]))[0] ?? null;
}

const putAttributesOf = statement(
  'scim.putAttributes',
  `insert into scim_resource (entity_id, attributes) values ($1, $2)
   on conflict (entity_id) do update set attributes = excluded.attributes`,
);

export async function putAttributes(db: Queries, id: string, attributes: object): Promise<void> {
  await run(db, putAttributesOf, [id, JSON.stringify(attributes)]);
}

const people = statement<{ id: string; identifier: string; team: string[] }>(
  'scim.lockPeople',
  `select id::text, identifier, team from entity
   where blueprint_id = ${USER} and (id::text = any($2::text[]) or team @> array[$1::text])
   order by identifier for no key update`,
);

/** Those in a team and those who shall be, by their ids, locked until the transaction ends. */
export const lockPeople = (trx: Trx, team: string, ids: readonly string[]) => run(trx, people, [team, ids]);
