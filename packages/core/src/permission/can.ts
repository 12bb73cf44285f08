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
}

/** `Admin`, `Member`, or `<blueprint>-moderator`. Source: port-api.md §10.2. */
export type Role = string;

/** The closed list of things a command may ask permission for. Routes state one each. */
export const permissions = [
  'public',
  'organization:read',
  'organization:write',
  'blueprint:read',
  'blueprint:write',
  'entity:read',
  'entity:write',
  'source:read',
  'source:write',
  'preference:write',
  'user:write',
] as const;
export type Permission = (typeof permissions)[number];

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** The one permission decision. Before roles and policies exist: whoever is an admin may, nobody else may. */
export function can(actor: Actor | null, permission: Permission): Decision {
  if (permission === 'public') return { allowed: true };
  if (!actor) return { allowed: false, reason: 'nobody is signed in' };
  if (actor.kind === 'system' || actor.roles.includes('Admin')) return { allowed: true };
  return { allowed: false, reason: `${permission} is for administrators` };
}
