import { own } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { Blueprint, MirrorProperty } from './blueprint.ts';
import { type BlueprintLookup, hasProperty, propertyKeys, splitMirrorPath, walkRelations } from './mirror-path.ts';

/**
 * What is wrong with a blueprint among the others: relations and aggregations must aim at blueprints that exist (or at
 * itself), mirrors and inherited ownership must lead somewhere, and no mirror may come back to itself.
 *
 * Lenient where clients create blueprints one after the other: what an aggregation sums up, and its `pathFilter`, may
 * be declared later; they yield nothing until then.
 */
export function checkReferences(blueprint: Blueprint, lookup: BlueprintLookup): Problem[] {
  const find: BlueprintLookup = (identifier) => (identifier === blueprint.identifier ? blueprint : lookup(identifier));
  return [
    ...checkTargets(blueprint, find),
    ...Object.entries(blueprint.mirrorProperties).flatMap(([key, mirror]) =>
      checkMirrorPath(blueprint, key, mirror, find),
    ),
    ...checkInheritance(blueprint, 'ownership.path', blueprint.ownership?.path, find),
    ...checkInheritance(blueprint, 'teamInheritance.path', blueprint.teamInheritance?.path, find),
  ];
}

function checkTargets(blueprint: Blueprint, find: BlueprintLookup): Problem[] {
  const aimed = [
    ...Object.entries(blueprint.relations).map(([key, { target }]) => [`relations.${key}.target`, target] as const),
    ...Object.entries(blueprint.aggregationProperties).map(
      ([key, { target }]) => [`aggregationProperties.${key}.target`, target] as const,
    ),
  ];
  return aimed.flatMap(([path, target]) => {
    if (find(target)) return [];
    return [{ path, message: `There is no blueprint \`${target}\``, remedy: 'Create it first.' }];
  });
}

function checkMirrorPath(start: Blueprint, key: string, mirror: MirrorProperty, find: BlueprintLookup): Problem[] {
  const path = `mirrorProperties.${key}.path`;
  const { relations, property } = splitMirrorPath(mirror.path);
  const walk = walkRelations(start, relations, find);
  if (!walk.ok) {
    // A missing target has been reported as such already.
    if (walk.unknown) return [];
    return [{ path, message: walk.message, ...(walk.remedy !== undefined && { remedy: walk.remedy }) }];
  }
  if (!hasProperty(walk.end, property)) {
    const message = `\`${property}\` is not a property of blueprint \`${walk.end.identifier}\``;
    return [{ path, message, ...didYouMean(property, propertyKeys(walk.end)) }];
  }
  if (!returnsToItself(start, key, find)) return [];
  return [
    {
      path,
      message: 'leads back to this mirror property itself',
      remedy: 'Mirror a property that is not derived from it.',
    },
  ];
}

/** Follows mirrors of mirrors; a definition seen twice would chase its own tail. */
function returnsToItself(start: Blueprint, key: string, find: BlueprintLookup): boolean {
  const seen = new Set<string>();
  let at: { readonly blueprint: Blueprint; readonly key: string } | undefined = { blueprint: start, key };
  while (at) {
    const name = `${at.blueprint.identifier}\n${at.key}`;
    if (seen.has(name)) return name === `${start.identifier}\n${key}`;
    seen.add(name);
    at = mirrored(at.blueprint, at.key, find);
  }
  return false;
}

/** What a mirror property shows, when it is another mirror property or might lead to one. */
function mirrored(blueprint: Blueprint, key: string, find: BlueprintLookup) {
  const mirror = own(blueprint.mirrorProperties, key);
  if (!mirror) return undefined;
  const { relations, property } = splitMirrorPath(mirror.path);
  const walk = walkRelations(blueprint, relations, find);
  return walk.ok ? { blueprint: walk.end, key: property } : undefined;
}

function checkInheritance(
  blueprint: Blueprint,
  at: string,
  path: string | undefined,
  find: BlueprintLookup,
): Problem[] {
  if (path === undefined) return [];
  const walk = walkRelations(blueprint, path.split('.'), find);
  if (walk.ok || walk.unknown) return [];
  return [{ path: at, message: walk.message, ...(walk.remedy !== undefined && { remedy: walk.remedy }) }];
}
