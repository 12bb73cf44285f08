import { tokenScopes } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';
import { ok, time } from './shapes.ts';

/** What lets programs in: machine credentials, and the tokens and sessions people have. Secrets are answered once. */
const tag = 'Credentials';
const timeOrNull = Type.Union([time, Type.Null()]);
const name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

const AppShape = Type.Object({
  /** The client id. */
  id: Type.String(),
  name: Type.String(),
  enabled: Type.Boolean(),
  roles: Type.Array(Type.String()),
  /** Who looks after it: `settings` and `cli` are made anew at each start and cannot be changed here. */
  keptBy: Type.Union([Type.Literal('api'), Type.Literal('settings'), Type.Literal('cli')]),
  lastUsedAt: timeOrNull,
  createdAt: time,
  updatedAt: time,
});
const AppWithSecret = Type.Object({ ...AppShape.properties, secret: Type.String() });

const roles = Type.Array(Type.String(), {
  maxItems: 1000,
  description: '`Admin`, `Member`, or `<blueprint>-moderator`',
});
const app = Type.Object({ app: Type.String() });

export const listApps = route({
  id: 'apps.list',
  method: 'GET',
  path: '/v1/apps',
  summary: 'The machine credentials there are, without their secrets',
  tag,
  permission: 'credential:write',
  answer: ok({ apps: Type.Array(AppShape) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const createApp = route({
  id: 'apps.create',
  method: 'POST',
  path: '/v1/apps',
  summary: 'Make a machine credential; its secret is answered now and never again',
  tag,
  permission: 'credential:write',
  body: Type.Object({ name, roles: Type.Optional(roles) }, { additionalProperties: false }),
  answer: ok({ app: AppWithSecret }),
  status: 201,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const putApp = route({
  id: 'apps.put',
  method: 'PUT',
  path: '/v1/apps/:app',
  summary: 'Rename a machine credential, give it other roles, switch it off or on',
  tag,
  permission: 'credential:write',
  params: app,
  body: Type.Object(
    { name, roles: Type.Optional(roles), enabled: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  answer: ok({ app: AppShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const deleteApp = route({
  id: 'apps.delete',
  method: 'DELETE',
  path: '/v1/apps/:app',
  summary: 'Delete a machine credential; its tokens end within seconds',
  tag,
  permission: 'credential:write',
  params: app,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const rotateApp = route({
  id: 'apps.rotate',
  method: 'POST',
  path: '/v1/apps/:app/rotate-secret',
  summary: 'Give a machine credential a new secret; the old one and its tokens end within seconds',
  tag,
  permission: 'credential:write',
  params: app,
  answer: ok({ app: AppWithSecret }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const rotateUserCredentials = route({
  id: 'credentials.rotateOfUser',
  method: 'POST',
  path: '/v1/rotate-credentials/:user',
  summary: 'A new client id and secret that act as oneself, or, for administrators, as a service account',
  tag,
  permission: 'token:write',
  params: Type.Object({ user: Type.String() }),
  answer: ok({ credentials: Type.Object({ clientId: Type.String(), clientSecret: Type.String() }) }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'already_exists'],
});

const TokenShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.Enum([...tokenScopes])),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: timeOrNull,
});

export const listTokens = route({
  id: 'tokens.list',
  method: 'GET',
  path: '/v1/tokens',
  summary: 'The own personal tokens, without the tokens themselves',
  tag,
  permission: 'token:write',
  answer: ok({ tokens: Type.Array(TokenShape) }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const createToken = route({
  id: 'tokens.create',
  method: 'POST',
  path: '/v1/tokens',
  summary: 'Make a personal token, a bearer token for at most a year; it is answered now and never again',
  tag,
  permission: 'token:write',
  body: Type.Object(
    {
      name,
      scopes: Type.Array(Type.Enum([...tokenScopes]), { minItems: 1, maxItems: 3 }),
      expiresInDays: Type.Integer({ minimum: 1, maximum: 365 }),
    },
    { additionalProperties: false },
  ),
  answer: ok({ token: Type.Object({ ...TokenShape.properties, token: Type.String() }) }),
  status: 201,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const deleteToken = route({
  id: 'tokens.delete',
  method: 'DELETE',
  path: '/v1/tokens/:id',
  summary: 'End one of the own personal tokens, at once',
  tag,
  permission: 'token:write',
  params: Type.Object({ id: Type.String() }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

/** Whose sessions; only administrators may name somebody else. */
const ofUser = Type.Object({ user: Type.Optional(Type.String()) });

export const listSessions = route({
  id: 'sessions.list',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'Where somebody is signed in: oneself, or `user` for administrators',
  tag,
  permission: 'token:write',
  query: ofUser,
  answer: ok({
    sessions: Type.Array(
      Type.Object({
        id: Type.String(),
        userAgent: Type.String(),
        createdAt: time,
        lastSeenAt: time,
        expiresAt: time,
        /** Whether it is the one that asks. */
        current: Type.Boolean(),
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const endSession = route({
  id: 'sessions.end',
  method: 'DELETE',
  path: '/v1/sessions/:id',
  summary: 'End one session, at once',
  tag,
  permission: 'token:write',
  params: Type.Object({ id: Type.String() }),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const endSessions = route({
  id: 'sessions.endAll',
  method: 'DELETE',
  path: '/v1/sessions',
  summary: 'Sign out everywhere: oneself, or `user` for administrators',
  tag,
  permission: 'token:write',
  query: ofUser,
  answer: ok({ ended: Type.Integer() }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});
