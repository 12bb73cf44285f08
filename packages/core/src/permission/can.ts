/** Who acts. `id` is opaque and ends up in createdBy/updatedBy; `label` is what people are shown. */
export interface Actor {
  readonly kind: 'user' | 'machine' | 'system';
  readonly id: string;
  readonly label: string;
  readonly roles: readonly Role[];
}

export type Role = 'admin' | 'member';

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
] as const;
export type Permission = (typeof permissions)[number];

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** The one permission decision. Before roles and policies exist: whoever is an admin may, nobody else may. */
export function can(actor: Actor | null, permission: Permission): Decision {
  if (permission === 'public') return { allowed: true };
  if (!actor) return { allowed: false, reason: 'nobody is signed in' };
  if (actor.kind === 'system' || actor.roles.includes('admin')) return { allowed: true };
  return { allowed: false, reason: `${permission} is for administrators` };
}
