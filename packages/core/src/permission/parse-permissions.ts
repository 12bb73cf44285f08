import type { Static } from 'typebox';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { propertyKeys } from '../blueprint/mirror-path.ts';
import { isPlainObject, isSameJson } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem, under } from '../problem.ts';
import { findUnstorable } from '../property/storable.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { Query } from '../query/query.ts';
import { accepted, type Result, refused } from '../result.ts';
import { checkShape } from '../shape.ts';
import {
  type Grant,
  type GrantBlock,
  type GrantMap,
  GrantParts,
  type GrantsByKey,
  grantBlocks,
  grantMaps,
  noOwnPermissions,
  type OwnPermissions,
} from './grant.ts';
import { grantedMeta, permissionsOf } from './permissions-of.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * What has been set once a change of permissions is applied, or everything wrong with the change. A block that is absent
 * or null stays as it is; one that is given replaces the old one whole, so that one without `policy` has none. Null for
 * a single property or relation takes its own grant away: it follows `update` or `read` again. Users, roles and teams
 * need not exist yet. Source: port-api.md §10.7.
 */
export function parsePermissions(blueprint: Blueprint, input: unknown, before: OwnPermissions): Result<OwnPermissions> {
  if (!isPlainObject(input)) return refused([{ path: '', message: 'must be an object with `entities`' }]);
  const entities = input.entities ?? {};
  if (!isPlainObject(entities)) return refused([{ path: 'entities', message: 'must be an object' }]);
  const problems: Problem[] = [...findUnstorable(input), ...checkBlocks(entities)];
  const given: GivenGrants = {
    blocks: readGrants(pick(entities, grantBlocks), 'entities', problems),
    maps: new Map(grantMaps.map((map) => [map, readMap(blueprint, map, entities[map] ?? {}, problems)])),
  };
  return problems.length > 0 ? refused(problems) : accepted(applied(blueprint, given, before));
}

interface GivenGrants {
  readonly blocks: ReadonlyMap<string, Grant | null>;
  readonly maps: ReadonlyMap<GrantMap, ReadonlyMap<string, Grant | null>>;
}

function checkBlocks(entities: Given): Problem[] {
  const known: readonly string[] = [...grantBlocks, ...grantMaps];
  return Object.keys(entities).flatMap((key) => {
    if (known.includes(key)) return [];
    const message = `\`${key.slice(0, 60)}\` is nothing that can be granted`;
    return [
      { path: joinPath('entities', key), message, remedy: `Use ${known.join(', ')}.`, ...didYouMean(key, known) },
    ];
  });
}

function pick(given: Given, keys: readonly string[]): Given {
  return Object.fromEntries(keys.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
}

function readMap(
  blueprint: Blueprint,
  map: GrantMap,
  given: unknown,
  problems: Problem[],
): ReadonlyMap<string, Grant | null> {
  const path = `entities.${map}`;
  if (!isPlainObject(given)) {
    problems.push({ path, message: 'must be an object, keyed by property or relation' });
    return new Map();
  }
  const known = keysOf(blueprint, map);
  const noun = map.endsWith('Relations') ? 'relation' : 'property';
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const message = `\`${key.slice(0, 60)}\` is not a ${noun} of ${blueprint.identifier}`;
    problems.push({ path: joinPath(path, key), message, ...didYouMean(key, known) });
  }
  return readGrants(pick(given, known), path, problems);
}

function readGrants(given: Given, path: string, problems: Problem[]): Map<string, Grant | null> {
  const entries = Object.entries(given).map(([key, value]): [string, Grant | null] => {
    return [key, value === null ? null : readGrant(value, joinPath(path, key), problems)];
  });
  return new Map(entries);
}

/** Clients of languages without absent fields send null for what is empty. */
function readGrant(value: unknown, path: string, problems: Problem[]): Grant | null {
  const parts = isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))
    : value;
  const found = checkShape(GrantParts, parts, path);
  const policy: unknown = isPlainObject(parts) ? parts.policy : undefined;
  const parsed = parseQuery(policy);
  if (!parsed.ok) found.push(...under(joinPath(path, 'policy'), parsed.problems));
  problems.push(...found);
  if (found.length > 0) return null;
  const { users = [], roles = [], teams = [], ownedByTeam = false } = parts as Static<typeof GrantParts>;
  return { users, roles, teams, ownedByTeam, ...(policy !== undefined && { policy: policy as Query }) };
}

/** What can be granted one by one. Derived properties can be hidden, but nobody writes them. */
function keysOf(blueprint: Blueprint, map: GrantMap): readonly string[] {
  switch (map) {
    case 'updateProperties':
      return [...Object.keys(blueprint.schema.properties), ...grantedMeta];
    case 'readProperties':
      return propertyKeys(blueprint);
    case 'updateRelations':
    case 'readRelations':
      return Object.keys(blueprint.relations);
  }
}

/** Roles and policies are kept to the letter; what equals how it is from the start is not kept at all. */
function applied(blueprint: Blueprint, given: GivenGrants, before: OwnPermissions): OwnPermissions {
  const start = permissionsOf(blueprint.identifier, noOwnPermissions).entities;
  const blocks = grantBlocks.flatMap((block): [GrantBlock, Grant][] => {
    const grant = given.blocks.get(block) ?? before.entities[block];
    return grant && !isSameJson(grant, start[block]) ? [[block, grant]] : [];
  });
  const maps = grantMaps.flatMap((map): [GrantMap, GrantsByKey][] => {
    const merged = new Map([...Object.entries(before.entities[map] ?? {}), ...(given.maps.get(map) ?? [])]);
    const members = [...merged].filter((entry): entry is [string, Grant] => entry[1] !== null);
    return members.length > 0 ? [[map, Object.fromEntries(members)]] : [];
  });
  return { entities: Object.fromEntries([...blocks, ...maps]) };
}
