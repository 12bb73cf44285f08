import type { Answer, getRelatedEntities } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { sql } from 'kysely';
import type { SqlSight } from '../../db/filter-to-sql/scope.ts';
import type { Model, StoredBlueprint } from '../blueprints/index.ts';
import type { SearchKit } from './kit.ts';
import { notFound, scopeOf } from './read-entities.ts';

type Groups = Answer<typeof getRelatedEntities>['groups'];

interface NeighbourRow {
  readonly direction: 'out' | 'in';
  readonly relation: string;
  readonly holder_id: number;
  readonly blueprint_id: number;
  readonly identifier: string;
  readonly title: string | null;
  readonly icon: string | null;
  readonly dangling: boolean;
  readonly count: number;
}

/**
 * The neighbours of an entity, one group for each relation and direction: its own relations in the order they are
 * declared, then those of others that name it. Groups without anybody are left out.
 */
export async function relatedEntities(
  kit: SearchKit,
  blueprintName: string,
  identifier: string,
  limit: number,
  actor: Actor,
): Promise<Groups> {
  const scope = await scopeOf(kit, blueprintName, actor);
  const { blueprint, model, sight } = scope;
  const [found] = await kit.reader.rows<{ id: string }>(
    sql`select id from ${sight.entities} as e where blueprint_id = ${blueprint.id} and identifier = ${identifier}`,
  );
  if (!found) throw await notFound(kit, scope, identifier);
  const rows = await kit.reader.rows<NeighbourRow>(neighboursOf(sight, found.id, blueprint.id, limit));
  const groups = Map.groupBy(rows, (row) => `${row.direction} ${row.holder_id} ${row.relation}`);
  return [...groups.values()]
    .flatMap((group) => groupOf(group, model) ?? [])
    .sort((left, right) => rank(left, blueprint) - rank(right, blueprint));
}

/** Each group is cut at `limit` but counted whole. `holder_id` is the blueprint that declares the relation. */
function neighboursOf({ entities, relations }: SqlSight, id: string, blueprintId: number, limit: number) {
  return sql<NeighbourRow>`
    select direction, relation, holder_id, blueprint_id, identifier, title, icon, dangling, count from (
      select neighbour.*, count(*) over (partition by direction, holder_id, relation)::int as count,
             row_number() over (partition by direction, holder_id, relation order by rank, id) as place
      from (
        select 'out' as direction, r.name as relation, ${blueprintId}::int as holder_id,
               r.target_blueprint_id as blueprint_id, r.target_identifier as identifier, t.title, t.icon,
               r.target_id is null as dangling, r.position as rank, t.id
        from ${relations} as r left join ${entities} as t on t.id = r.target_id where r.source_id = ${id}
        union all
        select 'in', r.name, s.blueprint_id, s.blueprint_id, s.identifier, s.title, s.icon, false, 0, s.id
        from ${relations} as r join ${entities} as s on s.id = r.source_id where r.target_id = ${id}
      ) as neighbour
    ) as counted
    where place <= ${limit} order by direction, holder_id, relation, place`;
}

function groupOf(rows: readonly NeighbourRow[], model: Model): Groups[number] | undefined {
  const [first] = rows;
  const holder = first && model.byId(first.holder_id);
  const members = first && model.byId(first.blueprint_id);
  if (!holder || !members) return undefined;
  const { direction, relation, count } = first;
  return {
    direction,
    relation,
    title: titleOf(holder, relation),
    blueprint: members.identifier,
    count,
    entities: rows.map(({ identifier, title, icon, dangling }) => ({
      blueprint: members.identifier,
      identifier,
      title: title ?? identifier,
      icon,
      dangling,
    })),
  };
}

export function titleOf({ definition }: StoredBlueprint, relation: string): string {
  const declared = Object.hasOwn(definition.relations, relation) ? definition.relations[relation] : undefined;
  return declared?.title ?? relation;
}

/** Own relations as declared; the others after them, as they come. */
function rank({ direction, relation }: Groups[number], { definition }: StoredBlueprint): number {
  const keys = Object.keys(definition.relations);
  return direction === 'out' ? keys.indexOf(relation) : keys.length;
}
