import { moderatorOf, type Role } from '../permission/role.ts';

/** `Staged`: known, not asked in; `Invited`: has a link; only the `Active` get in. */
export const personStatuses = ['Staged', 'Invited', 'Active', 'Disabled'] as const;
export type PersonStatus = (typeof personStatuses)[number];

/** The properties of a `_user` entity that say what the person may do. Other values may stand there and mean nothing. */
export interface PersonProperties {
  readonly status?: unknown;
  readonly port_role?: unknown;
  readonly moderated_blueprints?: unknown;
}

/** One person has one spelling: addresses are the same in small and capital letters. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whoever is not an administrator is a member. Source: port-api.md §10.2. */
export function rolesOfPerson({ port_role: role, moderated_blueprints: moderated }: PersonProperties): Role[] {
  const blueprints = Array.isArray(moderated) ? moderated.filter((one) => typeof one === 'string') : [];
  return [role === 'Admin' ? 'Admin' : 'Member', ...blueprints.map(moderatorOf)];
}

/** Whether somebody can get in and may do everything then. */
export function isActiveAdmin({ status, port_role: role }: PersonProperties): boolean {
  return status === 'Active' && role === 'Admin';
}
