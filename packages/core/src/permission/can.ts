import type { TokenScope } from '../people/token-scope.ts';
import { directoryRole, isModeratorOf, type Role } from './role.ts';

/**
 * Who acts. `id` is opaque and ends up in createdBy/updatedBy; `label` is what people are shown, of a person the e-mail
 * address, which is also the identifier of their `_user` entity.
 */
export interface Actor {
  readonly kind: 'user' | 'machine' | 'system';
  readonly id: string;
  readonly label: string;
  readonly roles: readonly Role[];
  /** Identifiers of the `_team` entities the actor belongs to, those above them included. */
  readonly teams: readonly string[];
  /** Of a personal token: what it may be used for at most. */
  readonly scopes?: readonly TokenScope[];
}

/** The closed list of things a command may ask permission for. Routes state one each. */
export const permissions = [
  'public',
  'organization:read',
  'organization:write',
  'blueprint:read',
  'blueprint:write',
  'permission:write',
  'entity:read',
  'entity:write',
  'entity:purge',
  'source:read',
  'source:write',
  'preference:write',
  'user:read',
  'user:write',
  'team:write',
  'token:write',
  'credential:write',
  'secret:write',
  'audit:read',
  'directory:write',
] as const;
export type Permission = (typeof permissions)[number];

/**
 * What whoever is signed in may do. What they may see and change among the entities is decided entity by entity, by the
 * grants of the blueprint; their tokens are their own.
 */
const ofEverybody: ReadonlySet<Permission> = new Set([
  'organization:read',
  'blueprint:read',
  'entity:read',
  'entity:write',
  'preference:write',
  'token:write',
]);

/** What a token may be used for that is not good for everything. */
const ofScope: Readonly<Record<'read' | 'write', ReadonlySet<Permission>>> = {
  read: new Set<Permission>(['organization:read', 'blueprint:read', 'entity:read', 'source:read']),
  write: new Set<Permission>(['blueprint:write', 'entity:write', 'source:write', 'preference:write']),
};

/** No token makes others or ends sessions: whoever finds one must not be able to stay. */
function isInScope(scopes: readonly TokenScope[], permission: Permission): boolean {
  if (permission === 'token:write') return false;
  if (scopes.includes('admin')) return true;
  const isWriting = scopes.includes('write');
  return (isWriting && ofScope.write.has(permission)) || (scopes.length > 0 && ofScope.read.has(permission));
}

/** What a moderator may do besides, to the blueprint they moderate. */
const ofModerators: ReadonlySet<Permission> = new Set(['blueprint:write', 'permission:write']);

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** What a permission is asked for; without a blueprint it is asked for all of them. */
export interface PermissionSubject {
  readonly blueprint?: string | undefined;
}

/** The one decision about what has no grants of its own: routes, blueprints, the organization. */
export function can(actor: Actor | null, permission: Permission, subject: PermissionSubject = {}): Decision {
  if (permission === 'public') return { allowed: true };
  if (!actor) return { allowed: false, reason: 'nobody is signed in' };
  if (actor.roles.includes(directoryRole)) {
    if (permission === 'directory:write') return { allowed: true };
    return { allowed: false, reason: 'the token of a directory is good for SCIM only' };
  }
  if (actor.scopes && !isInScope(actor.scopes, permission)) {
    return { allowed: false, reason: `this token is not good for ${permission}` };
  }
  if (isAlmighty(actor) || ofEverybody.has(permission)) return { allowed: true };
  const { blueprint } = subject;
  if (!ofModerators.has(permission)) return { allowed: false, reason: `${permission} is for administrators` };
  if (blueprint === undefined)
    return { allowed: false, reason: `${permission} for all blueprints is for administrators` };
  if (isModeratorOf(actor.roles, blueprint)) return { allowed: true };
  return { allowed: false, reason: `${permission} is for administrators and for moderators of ${blueprint}` };
}

/** Administrators, and Gantry itself. */
export function isAlmighty(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.includes('Admin');
}
