import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { RelationField } from '../entity/kinds.ts';
import type { NeededBlueprint } from './needed-blueprints.ts';
import { findRelation, relationKeys, relationTitle } from './relation-keys.ts';

export interface PlannedBlueprint {
  /** What is stored; absent when the blueprint is new. */
  readonly before?: Blueprint;
  readonly after: Blueprint;
}

export interface BlueprintPlan {
  /** Only what changes. Together they may point at one another, so they are to be written as one. */
  readonly changes: readonly PlannedBlueprint[];
  /** The whole model once the plan is carried out, by identifier. */
  readonly blueprints: ReadonlyMap<string, Blueprint>;
}

/**
 * Lays what entities need beside what is stored and adds what is missing. Whatever is there already stays as it is, be
 * it a renamed title, another type, a constraint or a relation that leads elsewhere: people own their model. A plan
 * carried out leaves nothing to plan.
 */
export function planBlueprints(existing: Iterable<Blueprint>, needed: Iterable<NeededBlueprint>): BlueprintPlan {
  const blueprints = new Map([...existing].map((blueprint) => [blueprint.identifier, blueprint]));
  const changes: PlannedBlueprint[] = [];
  for (const need of needed) {
    const before = blueprints.get(need.identifier);
    const after = extend(before ?? newBlueprint(need), need);
    if (after === before) continue;
    blueprints.set(need.identifier, after);
    changes.push(before ? { before, after } : { after });
  }
  return { changes, blueprints };
}

function newBlueprint({ identifier, title, icon, description }: NeededBlueprint): Blueprint {
  return {
    identifier,
    title,
    icon,
    ...(description ? { description } : {}),
    schema: { properties: {}, required: [] },
    relations: {},
    mirrorProperties: {},
    calculationProperties: {},
    aggregationProperties: {},
  };
}

/** Answers the very same object when nothing is missing. */
function extend(blueprint: Blueprint, need: NeededBlueprint): Blueprint {
  const properties = [...need.properties].filter(([key]) => !isPropertyTaken(blueprint, key));
  const relations = [...need.relations.values()].flatMap(({ field, target }) =>
    missingRelation(blueprint, field, target),
  );
  if (properties.length === 0 && relations.length === 0) return blueprint;
  return {
    ...blueprint,
    schema: {
      ...blueprint.schema,
      properties: { ...blueprint.schema.properties, ...Object.fromEntries(properties) },
    },
    relations: { ...blueprint.relations, ...Object.fromEntries(relations) },
  };
}

function isPropertyTaken(blueprint: Blueprint, key: string): boolean {
  const { schema, mirrorProperties, calculationProperties, aggregationProperties } = blueprint;
  return [schema.properties, mirrorProperties, calculationProperties, aggregationProperties].some((map) =>
    Object.hasOwn(map, key),
  );
}

function missingRelation(blueprint: Blueprint, field: RelationField, target: string) {
  if (findRelation(blueprint, field, target)) return [];
  const key = relationKeys(field, target).find((candidate) => !Object.hasOwn(blueprint.relations, candidate));
  if (key === undefined) return [];
  return [[key, { title: relationTitle(field, target), target, many: field.many, required: false }] as const];
}
