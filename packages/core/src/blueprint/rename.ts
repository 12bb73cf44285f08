import { isPlainObject } from '../json.ts';
import type { Problem } from '../problem.ts';
import { accepted, type Result, refused } from '../result.ts';
import type { AggregationProperty, Blueprint, MirrorProperty } from './blueprint.ts';
import { checkKey } from './check-key.ts';
import { followPath, followQuery, type Rename } from './follow-rename.ts';
import { type BlueprintLookup, propertyKeys } from './mirror-path.ts';

/**
 * The blueprint `rename.of` with the new name in its place among the others, or why that cannot be. What refers to it,
 * here and in other blueprints, follows with `followRename`.
 */
export function renameMember(blueprint: Blueprint, rename: Exclude<Rename, { kind: 'blueprint' }>): Result<Blueprint> {
  const { kind, from, to } = rename;
  const taken = kind === 'property' ? propertyKeys(blueprint) : Object.keys(blueprint.relations);
  const problems: Problem[] = checkKey(to, '');
  if (!taken.includes(from)) problems.push({ path: '', message: `There is no ${kind} \`${from}\`` });
  if (from !== to && taken.includes(to)) problems.push({ path: '', message: `There is a ${kind} \`${to}\` already` });
  if (problems.length > 0) return refused(problems);
  if (kind === 'relation') return accepted({ ...blueprint, relations: renameKey(blueprint.relations, from, to) });
  const { properties, required } = blueprint.schema;
  return accepted({
    ...blueprint,
    schema: { properties: renameKey(properties, from, to), required: required.map((key) => (key === from ? to : key)) },
    mirrorProperties: renameKey(blueprint.mirrorProperties, from, to),
    calculationProperties: renameKey(blueprint.calculationProperties, from, to),
    aggregationProperties: renameKey(blueprint.aggregationProperties, from, to),
  });
}

function renameKey<T>(map: Record<string, T>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));
}

/**
 * A blueprint with every reference to what was renamed changed: targets, mirror paths, inherited ownership, and the
 * properties, queries and paths of aggregations. `lookup` finds blueprints as they were before the rename. Programs of
 * calculations are left as their authors wrote them.
 */
export function followRename(blueprint: Blueprint, rename: Rename, lookup: BlueprintLookup): Blueprint {
  const follow = (path: string) => followPath(blueprint, path.split('.'), rename, lookup).join('.');
  const { ownership, teamInheritance } = blueprint;
  return {
    ...blueprint,
    relations: mapValues(blueprint.relations, (relation) => followTarget(relation, rename)),
    mirrorProperties: mapValues(blueprint.mirrorProperties, (mirror): MirrorProperty => {
      return { ...mirror, path: follow(mirror.path) };
    }),
    aggregationProperties: mapValues(blueprint.aggregationProperties, (aggregation) => {
      return followAggregation(blueprint, aggregation, rename, lookup);
    }),
    ...(ownership && {
      ownership: { ...ownership, ...(ownership.path !== undefined && { path: follow(ownership.path) }) },
    }),
    ...(teamInheritance && { teamInheritance: { ...teamInheritance, path: follow(teamInheritance.path) } }),
  };
}

function mapValues<T>(map: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function followTarget<T extends { target: string }>(aimed: T, rename: Rename): T {
  return rename.kind === 'blueprint' && aimed.target === rename.from ? { ...aimed, target: rename.to } : aimed;
}

function followAggregation(
  blueprint: Blueprint,
  aggregation: AggregationProperty,
  rename: Rename,
  lookup: BlueprintLookup,
): AggregationProperty {
  const { calculationSpec, query, pathFilter, target } = aggregation;
  const namesProperty = rename.kind === 'property' && rename.of === target;
  const swap = (value: unknown) => (namesProperty && value === rename.from ? rename.to : value);
  const spec = Object.entries(calculationSpec).map(([key, value]) => {
    return [key, key === 'property' || key === 'measureTimeBy' ? swap(value) : value];
  });
  return {
    ...followTarget(aggregation, rename),
    calculationSpec: Object.fromEntries(spec) as AggregationProperty['calculationSpec'],
    ...(query && { query: followQuery(query, target, rename, lookup) as typeof query }),
    ...(pathFilter && { pathFilter: pathFilter.map((filter) => followFilter(blueprint, filter, rename, lookup)) }),
  };
}

function followFilter(blueprint: Blueprint, filter: unknown, rename: Rename, lookup: BlueprintLookup): unknown {
  if (!isPlainObject(filter)) return filter;
  const { fromBlueprint, path } = filter;
  const start = typeof fromBlueprint === 'string' ? lookup(fromBlueprint) : blueprint;
  const isNamed = rename.kind === 'blueprint' && fromBlueprint === rename.from;
  return {
    ...filter,
    ...(isNamed && { fromBlueprint: rename.to }),
    ...(start && Array.isArray(path) && { path: followPath(start, path, rename, lookup) }),
  };
}
