import type { Answer, getModel } from '@gantry/contract';

export type ModelBlueprint = Answer<typeof getModel>['blueprints'][number];

export interface ModelNode {
  id: string;
  title: string;
  icon: string | undefined;
  entityCount: number;
  staleCount: number;
  system: boolean;
  /** How many relations start or end here, self relations counted once. */
  degree: number;
}

export interface ModelEdge {
  id: string;
  source: string;
  target: string;
  relation: string;
  title: string;
  many: boolean;
  required: boolean;
}

export interface ModelMap {
  nodes: ModelNode[];
  edges: ModelEdge[];
}

/** Blueprints as nodes and relations as edges. Relations to something not shown (system blueprints, say) are left out. */
export function modelMap(blueprints: readonly ModelBlueprint[], showSystem: boolean): ModelMap {
  const shown = blueprints.filter(({ system }) => showSystem || !system);
  const known = new Set(shown.map(({ identifier }) => identifier));
  const edges = shown.flatMap(({ identifier, relations }) =>
    Object.entries(relations)
      .filter(([, { target }]) => known.has(target))
      .map(([relation, { target, title, many, required }]) => ({
        id: JSON.stringify([identifier, relation]),
        source: identifier,
        target,
        relation,
        title: title || relation,
        many,
        required,
      })),
  );
  const nodes = shown.map(({ identifier, title, icon, entityCount, staleCount, system }) => ({
    id: identifier,
    title: title || identifier,
    icon,
    entityCount,
    staleCount,
    system,
    degree: edges.filter(({ source, target }) => source === identifier || target === identifier).length,
  }));
  return { nodes, edges };
}

/** `many`, `one`, with "required" where it is: what the edge's end says. */
export function cardinality({
  many,
  required,
}: {
  many?: boolean | undefined;
  required?: boolean | undefined;
}): string {
  if (many) return 'many';
  return required ? 'exactly one' : 'one or none';
}

/** A relation of another blueprint. */
export interface Dependent {
  blueprint: string;
  relation: string;
  title: string;
}

/** Relations of other blueprints that end here: what keeps this one from being deleted. */
export function dependents(blueprints: readonly ModelBlueprint[], identifier: string): Dependent[] {
  return blueprints
    .filter((blueprint) => blueprint.identifier !== identifier)
    .flatMap((blueprint) =>
      Object.entries(blueprint.relations)
        .filter(([, { target }]) => target === identifier)
        .map(([relation, { title }]) => ({ blueprint: blueprint.identifier, relation, title: title || relation })),
    );
}
