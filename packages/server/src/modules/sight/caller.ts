import type { Actor, Caller, ParsedQuery } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { type Answers, answersOf } from '../../db/answers.ts';
import { asSql } from '../../db/filter-to-sql/condition.ts';
import type { KnownBlueprint, KnownModel, SqlSight } from '../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../db/filter-to-sql/whole-sight.ts';
import type { Queries } from '../../db/pool.ts';

/** Whether a query speaks of whoever asks it. */
export function asksForCaller(query: ParsedQuery): boolean {
  switch (query.kind) {
    case 'group':
      return query.nodes.some(asksForCaller);
    case 'not':
      return asksForCaller(query.node);
    case 'relatedTo':
      return false;
    case 'rule': {
      const { operand, test } = query;
      const terms = test.kind === 'oneOf' ? test.terms : 'term' in test ? [test.term] : [];
      return operand.kind === 'context' || operand.kind === 'ownedByTeam' || terms.some((term) => 'context' in term);
    }
  }
}

/** The caller as these policies see them; null when none of them speaks of the caller. */
export async function callerFor(
  queries: Queries,
  model: KnownModel,
  actor: Actor,
  asked: readonly ParsedQuery[],
): Promise<Caller | null> {
  return asked.some(asksForCaller) ? callerOf(actor, answersOf(queries), model, wholeSqlSight) : null;
}

interface CallerRow {
  readonly kind: 'user' | 'team';
  readonly identifier: string;
  readonly attributes: Record<string, unknown>;
}

/**
 * The `_user` entity of the one who calls, found by e-mail address, and the `_team` entities they belong to. Their own
 * queries get what they see of these (`sight`): even of oneself something may be hidden. Policies get all.
 */
export async function callerOf(actor: Actor, answers: Answers, model: KnownModel, sight: SqlSight): Promise<Caller> {
  const own = sql`select team from entity where blueprint_id = ${idOf(model, '_user')} and identifier = ${actor.label}`;
  const selected = (kind: CallerRow['kind'], blueprint: KnownBlueprint, which: RawBuilder<unknown>) => sql`
    select ${kind}::text as kind, e.identifier, ${attributesOf(blueprint, sight)} as attributes
    from entity e where e.blueprint_id = ${blueprint.id} and ${which} and ${asSql(sight.rows(blueprint))}`;
  const isOwnTeam = sql`(e.identifier = any(${actor.teams}::text[])
    or e.identifier in (select unnest(caller.team) from (${own}) as caller))`;
  const [user, team] = [model.find('_user'), model.find('_team')];
  const parts = [
    ...(user ? [selected('user', user, sql`e.identifier = ${actor.label}`)] : []),
    ...(team ? [selected('team', team, isOwnTeam)] : []),
  ];
  const rows = parts.length > 0 ? await answers.rows(sql<CallerRow>`${sql.join(parts, sql` union all `)}`) : [];
  const teams = new Map(actor.teams.map((identifier) => [identifier, { $identifier: identifier }]));
  for (const row of rows)
    if (row.kind === 'team') teams.set(row.identifier, { ...row.attributes, $identifier: row.identifier });
  const known = { $identifier: actor.label, $title: actor.label, email: actor.label };
  return {
    user: { ...known, ...rows.find(({ kind }) => kind === 'user')?.attributes },
    teams: [...teams.values()],
  };
}

function idOf(model: KnownModel, identifier: string): number {
  return model.find(identifier)?.id ?? 0;
}

/** All values of a row `e`, without those that are hidden in it. */
function attributesOf(blueprint: KnownBlueprint, sight: SqlSight): RawBuilder<unknown> {
  const { schema, mirrorProperties, calculationProperties, aggregationProperties } = blueprint.definition;
  const maps = [schema.properties, mirrorProperties, calculationProperties, aggregationProperties];
  const hidden = maps.flatMap(Object.keys).flatMap((key) => {
    const isSeen = sight.property(blueprint, key);
    return isSeen === true ? [] : [sql` - case when ${asSql(isSeen)} then '' else ${key}::text end`];
  });
  return sql`(e.properties || e.computed)${sql.join(hidden, sql``)} || jsonb_build_object(
    '$identifier', e.identifier, '$title', coalesce(e.title, e.identifier), '$team', e.team)`;
}
