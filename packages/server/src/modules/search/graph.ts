import type { Answer, getGraph } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import type { SqlSight } from '../../db/filter-to-sql/scope.ts';
import type { Model } from '../blueprints/index.ts';
import type { View } from '../sight/index.ts';
import type { SearchKit } from './kit.ts';
import { notFound, scopeOf } from './read-entities.ts';
import { titleOf } from './related-entities.ts';

type Graph = Omit<Answer<typeof getGraph>, 'ok'>;

export interface GraphQuestion {
  readonly blueprint: string;
  readonly entity: string;
  /** How many hops to go. */
  readonly depth: number;
  readonly direction: 'out' | 'in' | 'both';
  /** Relations that are neither followed nor shown. */
  readonly hidden: readonly string[];
  /** How many nodes at most, nearest first. */
  readonly limit: number;
}

/** A place in the graph: an entity, or with `id` null the name of one that does not exist. */
interface Place {
  readonly id: string | null;
  readonly blueprint_id: number;
  readonly identifier: string;
}

interface Visited extends Place {
  readonly depth: number;
}

const EDGES_OF_A_NODE = 10;

/** The entities around one: a hop at a time, each hop one query however many entities it starts from. */
export async function entityGraph(kit: SearchKit, question: GraphQuestion, actor: Actor): Promise<Graph> {
  const scope = await scopeOf(kit, question.blueprint, actor);
  const { blueprint, sight } = scope;
  const [root] = await kit.reader.rows<Place>(sql`
    select id, blueprint_id, identifier from ${sight.entities} as e
    where blueprint_id = ${blueprint.id} and identifier = ${question.entity}`);
  if (!root) throw await notFound(kit, scope, question.entity);
  const { visited, truncated } = await walk(kit, sight, root, question);
  const [nodes, edges] = await Promise.all([
    describeNodes(kit, visited, scope),
    findEdges(kit, visited, scope, question),
  ]);
  return { nodes, edges, truncated };
}

async function walk(kit: SearchKit, sight: SqlSight, root: Place, question: GraphQuestion) {
  const visited = new Map<string, Visited>([[keyOf(root), { ...root, depth: 0 }]]);
  let frontier: readonly Place[] = [root];
  for (let depth = 1; depth <= question.depth && frontier.length > 0; depth++) {
    const room = question.limit - visited.size;
    const found = await kit.reader.rows<Place>(hop(sight, idsOf(frontier), idsOf(visited.values()), question, room));
    const fresh = found.filter((place) => !visited.has(keyOf(place)));
    for (const place of fresh.slice(0, room)) visited.set(keyOf(place), { ...place, depth });
    if (fresh.length > room) return { visited, truncated: true };
    frontier = fresh;
  }
  return { visited, truncated: false };
}

/** Neighbours not visited yet; names of entities that do not exist may come again. One more than there is room for. */
function hop(
  { entities, relations }: SqlSight,
  from: string[],
  visited: string[],
  { direction, hidden }: GraphQuestion,
  room: number,
): RawBuilder<Place> {
  const shown = sql`r.name <> all(${hidden}::text[])`;
  const out = sql`
    select r.target_id as id, r.target_blueprint_id as blueprint_id, r.target_identifier as identifier
    from ${relations} as r where r.source_id = any(${from}::bigint[]) and ${shown}
      and (r.target_id is null or r.target_id <> all(${visited}::bigint[]))`;
  const into = sql`
    select s.id, s.blueprint_id, s.identifier from ${relations} as r join ${entities} as s on s.id = r.source_id
    where r.target_id = any(${from}::bigint[]) and ${shown} and r.source_id <> all(${visited}::bigint[])`;
  const neighbours =
    direction === 'both'
      ? sql`${out} union ${into}`
      : sql`select distinct * from (${direction === 'out' ? out : into}) as one_way`;
  return sql<Place>`${neighbours} order by id nulls last, blueprint_id, identifier limit ${room + 1 + visited.length}`;
}

function idsOf(places: Iterable<Place>): string[] {
  return [...places].flatMap(({ id }) => id ?? []);
}

function keyOf({ blueprint_id, identifier }: Place): string {
  return `${blueprint_id} ${identifier}`;
}

interface Described {
  readonly id: string;
  readonly title: string | null;
  readonly icon: string | null;
}

async function describeNodes(
  kit: SearchKit,
  visited: ReadonlyMap<string, Visited>,
  { model, sight }: View,
): Promise<Graph['nodes']> {
  const rows = await kit.reader.rows<Described>(sql`
    select id, title, icon from ${sight.entities} as e where id = any(${idsOf(visited.values())}::bigint[])`);
  const described = new Map(rows.map((row) => [row.id, row]));
  return [...visited.values()].map((place) => {
    const known = place.id === null ? undefined : described.get(place.id);
    return {
      id: nodeId(place, model),
      blueprint: nameOf(place.blueprint_id, model),
      identifier: place.identifier,
      title: known?.title ?? place.identifier,
      icon: known?.icon ?? null,
      depth: place.depth,
      dangling: place.id === null,
    };
  });
}

interface EdgeRow extends Place {
  readonly source_id: string;
  readonly name: string;
}

/** All relations between the nodes, also those that the walk did not come along. */
async function findEdges(
  kit: SearchKit,
  visited: ReadonlyMap<string, Visited>,
  { model, sight }: View,
  { hidden, limit }: GraphQuestion,
): Promise<Graph['edges']> {
  const ids = idsOf(visited.values());
  const rows = await kit.reader.rows<EdgeRow>(sql`
    select source_id, name, target_id as id, target_blueprint_id as blueprint_id, target_identifier as identifier
    from ${sight.relations} as r
    where source_id = any(${ids}::bigint[]) and name <> all(${hidden}::text[])
      and (target_id = any(${ids}::bigint[]) or target_id is null)
    order by source_id, name, position limit ${limit * EDGES_OF_A_NODE}`);
  const places = new Map([...visited.values()].map((place) => [place.id, place]));
  return rows.flatMap((row) => {
    const source = places.get(row.source_id);
    const holder = source && model.byId(source.blueprint_id);
    if (!source || !holder || !visited.has(keyOf(row))) return [];
    const edge = { source: nodeId(source, model), target: nodeId(row, model), relation: row.name };
    return [{ ...edge, title: titleOf(holder, row.name) }];
  });
}

/** Unambiguous, whatever characters the two names hold. */
function nodeId({ blueprint_id, identifier }: Place, model: Model): string {
  return `${encodeURIComponent(nameOf(blueprint_id, model))}/${encodeURIComponent(identifier)}`;
}

function nameOf(blueprintId: number, model: Model): string {
  return model.byId(blueprintId)?.identifier ?? String(blueprintId);
}
