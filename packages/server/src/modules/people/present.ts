import { rolesOfPerson } from '@gantry/core';
import type { TeamRow } from './team-store.ts';
import type { UserRow } from './user-store.ts';

/** Port has two names where `_user` has one. */
function namesOf(title: string | null): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = (title ?? '').trim().split(/\s+/);
  return { firstName, lastName: rest.join(' ') };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

export function presentUser(row: UserRow) {
  const { identifier, properties, title } = row;
  return {
    id: identifier,
    email: row.email ?? identifier,
    ...namesOf(title),
    picture: textOf(properties.picture),
    status: textOf(properties.status),
    type: textOf(properties.port_type) ?? 'Standard',
    roles: rolesOfPerson(properties).map((name) => ({ name })),
    teams: [...row.teams],
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** As reads answer a team: with people. */
export function presentTeam({ members, ...row }: TeamRow) {
  const users = members.map(({ email, title, status }) => ({ email, ...namesOf(title), status }));
  return { ...headOf(row), users };
}

/** As writes answer a team: with addresses. */
export function presentWrittenTeam({ members, ...row }: TeamRow) {
  return { ...headOf(row), users: members.map(({ email }) => email) };
}

function headOf({ identifier, title, description, created_at, updated_at }: Omit<TeamRow, 'members'>) {
  return {
    id: identifier,
    name: title ?? identifier,
    description,
    provider: 'Port' as const,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
