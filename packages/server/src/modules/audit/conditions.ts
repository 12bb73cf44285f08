import { type RawBuilder, sql } from 'kysely';
import { actorNames } from '../../db/actor-names.ts';
import type { AuditFilter } from './audit-filter.ts';

type Condition = RawBuilder<unknown>;

export function all(conditions: readonly (Condition | undefined)[]): Condition {
  const said = conditions.filter((condition) => condition !== undefined);
  return said.length === 0 ? sql`true` : sql.join(said, sql` and `);
}

const given = <T>(value: T | undefined, condition: (value: T) => Condition) =>
  value === undefined ? undefined : condition(value);
const givenSome = <T>(values: readonly T[], condition: (values: readonly T[]) => Condition) =>
  values.length === 0 ? undefined : condition(values);

/** What the filter asks of rows of `audit` (as `a`). */
export function auditConditions(filter: AuditFilter): Condition {
  const { entity, blueprint, object, actor } = filter;
  const context = { ...filter.context, ...(entity && { entity }), ...(blueprint && { blueprint }) };
  return all([
    given(filter.id, (id) => sql`a.id = ${id}::bigint`),
    Object.keys(context).length === 0 ? undefined : sql`a.context @> ${JSON.stringify(context)}::jsonb`,
    // What was deleted for good is recorded with the number that the entity had.
    entity && !filter.withDeleted ? sql`not a.details ? 'entityId'` : undefined,
    given(object, (name) => sql`a.resource = ${name}`),
    given(filter.actionType, (type) => sql`a.details ->> 'actionType' = ${type}`),
    givenSome(filter.origins, (origins) => sql`a.channel = any(${origins}::text[])`),
    givenSome(filter.resources, (resources) => sql`a.resource_type = any(${resources}::text[])`),
    given(filter.action, (action) => sql`a.action = ${action}`),
    given(filter.status, (status) => sql`a.status = ${status}`),
    given(actor, (name) => sql`(a.actor = ${name} or a.actor_label = ${name})`),
    given(filter.from, (from) => sql`a.at >= ${from}`),
    given(filter.to, (to) => sql`a.at < ${to}`),
  ]);
}

const changeActions = {
  CREATE: ['created', 'restored'],
  UPDATE: ['updated', 'renamed'],
  DELETE: ['deleted'],
  READ: [],
} as const;

/**
 * What the filter asks of rows of `change` (as `c`); undefined when no change of an entity can match. All of it leans on
 * the columns of `change` itself, so that a page is cut before anything is joined.
 */
export function changeConditions(filter: AuditFilter): Condition | undefined {
  const { entity, blueprint, object } = filter;
  const isElsewhere =
    filter.status === 'FAILURE' ||
    filter.action === 'READ' ||
    filter.actionType !== undefined ||
    Object.keys(filter.context).length > 0 ||
    (filter.resources.length > 0 && !filter.resources.includes('entity'));
  if (isElsewhere) return undefined;
  return all([
    given(filter.id, (id) => sql`c.id = ${id}::bigint`),
    given(entity, (name) => sql`c.entity_id = any(array(${entitiesCalled(name, blueprint, filter.withDeleted)}))`),
    given(object, (name) => sql`c.entity_id = any(array(${entitiesCalled(name, blueprint, true)}))`),
    given(blueprint, (name) => sql`c.blueprint_id = any(array(${blueprintsCalled(name)}))`),
    givenSome(
      filter.origins,
      (origins) =>
        sql`c.origin_id in (select id from origin where audit_channel(kind, label) = any(${origins}::text[]))`,
    ),
    given(filter.action, (action) => sql`c.action = any(${[...changeActions[action]]}::text[])`),
    given(
      filter.actor,
      (name) => sql`c.actor = any(array(select id from ${actorNames} known where label = ${name}) || ${name}::text)`,
    ),
    given(filter.from, (from) => sql`c.at >= ${from}`),
    given(filter.to, (to) => sql`c.at < ${to}`),
  ]);
}

/** Numbers of the blueprints that are or once were called so. */
const blueprintsCalled = (name: string) =>
  sql`select id from blueprint where identifier = ${name}
      union select blueprint_id from blueprint_revision where identifier = ${name}`;

/** Numbers of the entities that are or once were called so; with `withDeleted`, of those in the trash and beyond too. */
function entitiesCalled(name: string, blueprint: string | undefined, withDeleted: boolean): Condition {
  const within = (column: string) => (blueprint ? sql`${sql.ref(column)} = ${blueprint}` : sql`true`);
  const living = sql`
    select e.id from blueprint b join entity e on e.blueprint_id = b.id and e.identifier = ${name}
    where ${within('b.identifier')}
    union select f.entity_id from blueprint b join former_identifier f on f.blueprint_id = b.id and f.identifier = ${name}
    where ${within('b.identifier')}`;
  if (!withDeleted) return living;
  return sql`${living}
    union select t.id from trash t where t.identifier = ${name} and ${within('t.blueprint')}
    union select (gone.details ->> 'entityId')::bigint from audit gone
    where gone.resource = ${name} and gone.details ? 'entityId'
      and ${blueprint ? sql`gone.context @> ${JSON.stringify({ blueprint })}::jsonb` : sql`true`}`;
}
