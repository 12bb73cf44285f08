import { own } from '../json.ts';
import type { QueriedEntity, QueryGraph } from './evaluate.ts';
import type { PathStep, PropertySchema, RelatedTo } from './parsed-query.ts';

/** As much of a blueprint as the graph needs. */
export interface GraphBlueprint {
  readonly identifier: string;
  readonly schema: {
    readonly properties: Readonly<Record<string, { readonly type: string; readonly format?: string | undefined }>>;
  };
  readonly relations: Readonly<Record<string, { readonly target: string; readonly required: boolean }>>;
}

/** An entity by name, whether it exists or not. */
interface Ref {
  readonly blueprint: string;
  readonly identifier: string;
}

interface Edge extends Ref {
  readonly relation: string;
  readonly required: boolean;
}

/** A graph over entities held in memory: for previews, for plans, and to test translations of queries against. */
export function memoryGraph(entities: readonly QueriedEntity[], blueprints: readonly GraphBlueprint[]): QueryGraph {
  const models = new Map(blueprints.map((blueprint) => [blueprint.identifier, blueprint]));
  const existing = new Map(entities.map((entity) => [nameOf(entity), entity]));
  const edges = new Map(entities.map((entity) => [nameOf(entity), edgesOf(entity, models.get(entity.blueprint))]));
  const follow = (ref: Ref) => edges.get(nameOf(ref)) ?? [];
  return {
    reached(entity, { steps, fromBlueprint }) {
      if (fromBlueprint === undefined) return walk(entity, steps, follow).map(({ identifier }) => identifier);
      const starts = entities.filter(({ blueprint }) => blueprint === fromBlueprint);
      const leadHere = starts.filter((start) =>
        walk(start, steps, follow).some((ref) => nameOf(ref) === nameOf(entity)),
      );
      return leadHere.map(({ identifier }) => identifier);
    },
    titles(entity, relation) {
      const targets = follow(entity).filter((edge) => edge.relation === relation);
      const present = targets.flatMap((target) => existing.get(nameOf(target)) ?? []);
      return present.map(({ title, identifier }) => title ?? identifier);
    },
    isRelated: (entity, { blueprint, identifiers, ...rest }) => {
      const named = identifiers
        .map((identifier) => ({ blueprint, identifier }))
        .filter((ref) => existing.has(nameOf(ref)));
      return isRelated(entity, named, rest, follow);
    },
    keysWithSchema: (blueprint, schema) => keysWithSchema(models.get(blueprint), schema),
  };
}

type Follow = (ref: Ref) => readonly Edge[];

function nameOf({ blueprint, identifier }: Ref): string {
  return `${blueprint}\n${identifier}`;
}

function edgesOf(entity: QueriedEntity, model: GraphBlueprint | undefined): Edge[] {
  return Object.entries(model?.relations ?? {}).flatMap(([relation, { target, required }]) => {
    const held = [own(entity.relations, relation) ?? []].flat();
    return held.map((identifier) => ({ relation, required, blueprint: target, identifier: String(identifier) }));
  });
}

/** Everything a path ends at, each once. A step with several hops ends at every hop. */
function walk(start: Ref, steps: readonly PathStep[], follow: Follow): Ref[] {
  let ends: Ref[] = [start];
  for (const { relation, maxHops } of steps) {
    const passed = new Map<string, Ref>();
    let frontier = ends;
    for (let hop = 0; hop < maxHops && frontier.length > 0; hop += 1) {
      const next = frontier.flatMap(follow).filter((edge) => edge.relation === relation && !passed.has(nameOf(edge)));
      for (const edge of next) passed.set(nameOf(edge), edge);
      frontier = next;
    }
    ends = [...passed.values()];
  }
  return ends;
}

/** Upstream of x is what x leads to; downstream of x is what leads to x. */
function isRelated(
  entity: Ref,
  named: readonly Ref[],
  { direction, required }: Pick<RelatedTo, 'direction' | 'required'>,
  follow: Follow,
): boolean {
  const passable: Follow = (ref) => follow(ref).filter((edge) => required === undefined || edge.required === required);
  const upstream = direction !== 'downstream' && named.some((ref) => leadsTo(ref, entity, passable));
  return upstream || (direction !== 'upstream' && named.some((ref) => leadsTo(entity, ref, passable)));
}

/** Whether one hop or more leads from one entity to another; cycles are walked once. */
function leadsTo(from: Ref, to: Ref, follow: Follow): boolean {
  const seen = new Set<string>();
  let frontier: readonly Ref[] = [from];
  while (frontier.length > 0) {
    const next = frontier.flatMap(follow).filter((edge) => !seen.has(nameOf(edge)));
    for (const edge of next) seen.add(nameOf(edge));
    frontier = next;
  }
  return seen.has(nameOf(to));
}

function keysWithSchema(model: GraphBlueprint | undefined, { type, format }: PropertySchema): string[] {
  const properties = Object.entries(model?.schema.properties ?? {});
  const fitting = properties.filter(([, property]) => {
    return property.type === type && (format === undefined || property.format === format);
  });
  return fitting.map(([key]) => key);
}
