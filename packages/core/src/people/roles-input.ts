import type { Problem } from '../problem.ts';
import { accepted, type Result, refused } from '../result.ts';

const MODERATOR = '-moderator';

/** What a list of role names makes of a person: the properties of their `_user` entity. */
export interface PersonRoles {
  readonly port_role: 'Admin' | 'Member';
  readonly moderated_blueprints: readonly string[];
}

/**
 * Reads role names as the API takes them: `Admin`, `Member`, `<blueprint>-moderator`; none at all is a member.
 * `path` is where they stand in the input, for the problems.
 */
export function parseRoles(roles: readonly string[], path: string): Result<PersonRoles> {
  const problems: Problem[] = roles.flatMap((role, index) =>
    role === 'Admin' || role === 'Member' || (role.endsWith(MODERATOR) && role.length > MODERATOR.length)
      ? []
      : [
          {
            path: `${path}.${index}`,
            message: `\`${role}\` is not a role`,
            remedy: 'use Admin, Member or <blueprint>-moderator',
          },
        ],
  );
  if (problems.length > 0) return refused(problems);
  const moderated = roles.filter((role) => role.endsWith(MODERATOR)).map((role) => role.slice(0, -MODERATOR.length));
  return accepted({
    port_role: roles.includes('Admin') ? 'Admin' : 'Member',
    moderated_blueprints: [...new Set(moderated)],
  });
}
