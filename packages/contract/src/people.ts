import { Type } from 'typebox';
import { route } from './route.ts';
import { ok, time } from './shapes.ts';

/** People and teams, as Port has them: another view on the `_user` and `_team` entities. */
const tag = 'People';
const names = Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 1000 });
const textOrNull = Type.Union([Type.String(), Type.Null()]);

const UserShape = Type.Object({
  /** Identifier of their `_user` entity. */
  id: Type.String(),
  /** What they sign in with; of those who cannot yet, their identifier. */
  email: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  picture: textOrNull,
  status: textOrNull,
  type: Type.String(),
  roles: Type.Array(Type.Object({ name: Type.String() })),
  /** Names of the teams they are in. */
  teams: Type.Array(Type.String()),
  /** When they were last seen in a session that is still open. */
  lastSeenAt: Type.Union([time, Type.Null()]),
  createdAt: time,
  updatedAt: time,
});

const person = Type.Object({ user: Type.String() });

export const listUsers = route({
  id: 'users.list',
  method: 'GET',
  path: '/v1/users',
  summary: 'Everybody, with roles and teams',
  tag,
  permission: 'user:read',
  answer: ok({ users: Type.Array(UserShape) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const getUser = route({
  id: 'users.get',
  method: 'GET',
  path: '/v1/users/:user',
  summary: 'One person, by e-mail address or identifier',
  tag,
  permission: 'user:read',
  params: person,
  answer: ok({ user: UserShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

const roles = Type.Array(Type.String(), {
  maxItems: 1000,
  description: '`Admin`, `Member`, or `<blueprint>-moderator`',
});

export const patchUser = route({
  id: 'users.patch',
  method: 'PATCH',
  path: '/v1/users/:user',
  summary: 'Give somebody other roles or teams, let them in or shut them out',
  tag,
  permission: 'user:write',
  params: person,
  body: Type.Object(
    {
      roles: Type.Optional(roles),
      teams: Type.Optional(names),
      status: Type.Optional(Type.Union([Type.Literal('Active'), Type.Literal('Disabled')])),
    },
    { additionalProperties: false },
  ),
  answer: ok({ user: UserShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const deleteUser = route({
  id: 'users.delete',
  method: 'DELETE',
  path: '/v1/users/:user',
  summary: 'Delete somebody: their entity goes to the trash, their password, sessions and tokens for good',
  tag,
  permission: 'user:write',
  params: person,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents'],
});

/** Whoever opens `path` on this Gantry is signed in as that person, once. It is told here and nowhere else. */
const SignInLink = Type.Object({ path: Type.String(), expiresAt: time });

export const inviteUser = route({
  id: 'users.invite',
  method: 'POST',
  path: '/v1/users/invite',
  summary: 'Invite somebody, new or known from files; answers the one-time link to pass on',
  tag,
  permission: 'user:write',
  body: Type.Object({
    invitee: Type.Object({
      email: Type.String({ format: 'email', maxLength: 254 }),
      roles: Type.Optional(roles),
      teams: Type.Optional(names),
    }),
  }),
  answer: ok({ user: UserShape, signInLink: SignInLink }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'already_exists', 'invalid_request'],
});

export const renewSignIn = route({
  id: 'users.renewSignIn',
  method: 'POST',
  path: '/v1/users/:user/sign-in-link',
  summary: 'For somebody who forgot their password: takes it away, ends their sessions, answers a one-time link',
  tag,
  permission: 'user:write',
  params: person,
  answer: ok({ signInLink: SignInLink }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

const teamFields = {
  id: Type.String(),
  name: Type.String(),
  description: textOrNull,
  provider: Type.Literal('Port'),
  createdAt: time,
  updatedAt: time,
};
/** Port answers writes with addresses, and reads with people. */
const WrittenTeam = Type.Object({ ...teamFields, users: Type.Array(Type.String()) });
const TeamShape = Type.Object({
  ...teamFields,
  users: Type.Array(
    Type.Object({ email: Type.String(), firstName: Type.String(), lastName: Type.String(), status: textOrNull }),
  ),
});

const team = Type.Object({ team: Type.String() });
const name = Type.String({ maxLength: 200, pattern: '^[^;#/\\?\\s][^;#/\\?]*[^;#/\\?\\s]$' });
const TeamInput = Type.Object(
  { name, description: Type.Optional(textOrNull), users: Type.Optional(Type.Union([names, Type.Null()])) },
  { additionalProperties: true },
);

export const listTeams = route({
  id: 'teams.list',
  method: 'GET',
  path: '/v1/teams',
  summary: 'All teams, with their people',
  tag,
  permission: 'user:read',
  answer: ok({ teams: Type.Array(TeamShape) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const createTeam = route({
  id: 'teams.create',
  method: 'POST',
  path: '/v1/teams',
  summary: 'Make a team of these people',
  tag,
  permission: 'team:write',
  body: TeamInput,
  answer: ok({ team: WrittenTeam }),
  status: 201,
  problems: ['unauthorized', 'forbidden', 'already_exists', 'invalid_request'],
});

export const getTeam = route({
  id: 'teams.get',
  method: 'GET',
  path: '/v1/teams/:team',
  summary: 'One team, by name or identifier',
  tag,
  permission: 'user:read',
  params: team,
  answer: ok({ team: TeamShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const putTeam = route({
  id: 'teams.put',
  method: 'PUT',
  path: '/v1/teams/:team',
  summary: 'Replace name, description and people of a team; its identifier stays',
  tag,
  permission: 'team:write',
  params: team,
  body: TeamInput,
  answer: ok({ team: WrittenTeam }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists', 'invalid_request'],
});

export const patchTeam = route({
  ...putTeam,
  id: 'teams.patch',
  method: 'PATCH',
  summary: 'Change name, description or people of a team',
  body: Type.Object(
    { name: Type.Optional(name), description: Type.Optional(textOrNull), users: Type.Optional(names) },
    { additionalProperties: true },
  ),
});

export const deleteTeam = route({
  id: 'teams.delete',
  method: 'DELETE',
  path: '/v1/teams/:team',
  summary: 'Delete a team; its people are in it no more',
  tag,
  permission: 'team:write',
  params: team,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'has_dependents'],
});
