import type { Role } from '../permission/role.ts';

/**
 * What a personal token may be used for, at most: `read`; `write`, which reads as well; `admin`, which is all that its
 * person may do, save what keeps a token alive: other tokens, sessions and passwords.
 */
export const tokenScopes = ['read', 'write', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Without the scope `admin`, an administrator's token is that of a member: nothing it writes can give out power. */
export function rolesInScope(roles: readonly Role[], scopes: readonly TokenScope[]): Role[] {
  if (scopes.includes('admin')) return [...roles];
  return [...new Set(roles.map((role) => (role === 'Admin' ? 'Member' : role)))];
}
