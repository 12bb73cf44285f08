import type { Blueprint } from '../blueprint/blueprint.ts';
import { propertyKeys } from '../blueprint/mirror-path.ts';
import type { BlueprintPermissions, Grant, GrantsByKey, OwnPermissions } from './grant.ts';
import { moderatorOf } from './role.ts';

/** What every entity has besides its properties and relations, and can be granted one by one. */
export const grantedMeta = ['$title', '$team', '$icon', '$identifier'] as const;

/**
 * The permissions that hold for a blueprint: what somebody has set, and the rest as it is from the start: every member
 * reads, administrators and the blueprint's moderators write. Source: port-api.md §10.7.
 */
export function permissionsOf(blueprint: string, { entities }: OwnPermissions): BlueprintPermissions {
  const write = rolesGrant('Admin', moderatorOf(blueprint));
  return {
    entities: {
      read: rolesGrant('Admin', moderatorOf(blueprint), 'Member'),
      register: write,
      unregister: write,
      update: write,
      updateProperties: {},
      updateRelations: {},
      readProperties: {},
      readRelations: {},
      ...entities,
    },
  };
}

function rolesGrant(...roles: string[]): Grant {
  return { users: [], roles, teams: [], ownedByTeam: false };
}

/**
 * As the API answers them: the maps of what may be updated list every property and relation, in the blueprint's order. The
 * grants of a property that is gone are kept, in case it comes again, but not shown.
 */
export function presentPermissions(blueprint: Blueprint, { entities }: BlueprintPermissions): BlueprintPermissions {
  const spread = (keys: readonly string[], own: GrantsByKey) =>
    Object.fromEntries(keys.map((key) => [key, Object.hasOwn(own, key) ? own[key] : entities.update])) as GrantsByKey;
  const only = (keys: readonly string[], own: GrantsByKey) =>
    Object.fromEntries(Object.entries(own).filter(([key]) => keys.includes(key))) as GrantsByKey;
  const properties = [...Object.keys(blueprint.schema.properties), ...grantedMeta];
  const relations = Object.keys(blueprint.relations);
  return {
    entities: {
      ...entities,
      updateProperties: spread(properties, entities.updateProperties),
      updateRelations: spread(relations, entities.updateRelations),
      readProperties: only(propertyKeys(blueprint), entities.readProperties),
      readRelations: only(relations, entities.readRelations),
    },
  };
}
