import { followQuery, type Rename } from '../blueprint/follow-rename.ts';
import type { BlueprintLookup } from '../blueprint/mirror-path.ts';
import type { Grant, GrantsByKey, OwnPermissions } from './grant.ts';
import { moderatorOf } from './role.ts';

/**
 * The permissions set for `blueprint` with every reference to what was renamed changed: keys of its own properties and
 * relations, roles of moderators, and policies. `lookup` finds blueprints as they were before the rename.
 */
export function followPermissions(
  { entities }: OwnPermissions,
  blueprint: string,
  rename: Rename,
  lookup: BlueprintLookup,
): OwnPermissions {
  const grant = (given: Grant) => followGrant(given, blueprint, rename, lookup);
  const isOwn = rename.kind !== 'blueprint' && rename.of === blueprint;
  const members = (grants: GrantsByKey, kind: Rename['kind']): GrantsByKey => {
    const keyOf = (key: string) => (isOwn && rename.kind === kind && key === rename.from ? rename.to : key);
    return Object.fromEntries(Object.entries(grants).map(([key, given]) => [keyOf(key), grant(given)]));
  };
  const { read, register, unregister, update, ...maps } = entities;
  return {
    entities: {
      ...(read && { read: grant(read) }),
      ...(register && { register: grant(register) }),
      ...(unregister && { unregister: grant(unregister) }),
      ...(update && { update: grant(update) }),
      ...(maps.updateProperties && { updateProperties: members(maps.updateProperties, 'property') }),
      ...(maps.updateRelations && { updateRelations: members(maps.updateRelations, 'relation') }),
      ...(maps.readProperties && { readProperties: members(maps.readProperties, 'property') }),
      ...(maps.readRelations && { readRelations: members(maps.readRelations, 'relation') }),
    },
  };
}

function followGrant(grant: Grant, blueprint: string, rename: Rename, lookup: BlueprintLookup): Grant {
  const { roles, policy } = grant;
  return {
    ...grant,
    roles: roles.map((role) => {
      return rename.kind === 'blueprint' && role === moderatorOf(rename.from) ? moderatorOf(rename.to) : role;
    }),
    ...(policy && { policy: followQuery(policy, blueprint, rename, lookup) as typeof policy }),
  };
}
