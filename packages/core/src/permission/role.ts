/** `Admin`, `Member`, or `<blueprint>-moderator`. Source: port-api.md §10.2. */
export type Role = string;

/** The role of those who look after a blueprint and its entities. */
export function moderatorOf(blueprint: string): Role {
  return `${blueprint}-moderator`;
}

export function isModeratorOf(roles: readonly Role[], blueprint: string): boolean {
  return roles.includes(moderatorOf(blueprint));
}

/** The role of a directory that keeps people and teams by SCIM, and may do nothing else; no person can have it. */
export const directoryRole: Role = 'Directory';
