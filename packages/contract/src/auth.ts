import { Type } from 'typebox';
import { route } from './route.ts';
import { ok } from './shapes.ts';

/** Machine credentials become a bearer token (JWT). `expiresIn` is in seconds. Source: Port's token endpoint. */
export const createAccessToken = route({
  id: 'auth.accessToken',
  method: 'POST',
  path: '/v1/auth/access_token',
  summary: 'Exchange a client id and secret for a bearer token',
  tag: 'Authentication',
  permission: 'public',
  body: Type.Object({ clientId: Type.String(), clientSecret: Type.String() }, { additionalProperties: false }),
  answer: ok({ accessToken: Type.String(), expiresIn: Type.Integer(), tokenType: Type.Literal('Bearer') }),
  status: 200,
  problems: ['unauthorized', 'too_many_requests'],
});

const SessionShape = Type.Object({
  /** Absent when nobody is signed in. */
  actor: Type.Optional(
    Type.Object({
      id: Type.String(),
      label: Type.String(),
      kind: Type.Union([Type.Literal('user'), Type.Literal('machine')]),
      roles: Type.Array(Type.String()),
      /** Identifiers of their teams, those above them included. */
      teams: Type.Array(Type.String()),
      /** Of a person: false as long as only a link lets them in, and they should set a password. */
      hasPassword: Type.Optional(Type.Boolean()),
    }),
  ),
  /** Permissions the actor has, so that the UI shows what may be done from the server's truth. */
  abilities: Type.Array(Type.String()),
  organization: Type.Object({ id: Type.String(), name: Type.String() }),
  /** True until there is an entity, or somebody chose to start blank. */
  firstRun: Type.Boolean(),
  /** Whether anybody has a password to sign in with; else only one-time links let people in. */
  passwordSignIn: Type.Boolean(),
  version: Type.String(),
});

export const getSession = route({
  id: 'session.get',
  method: 'GET',
  path: '/v1/session',
  summary: 'Who is signed in, what they may do, and whether this is the first run',
  tag: 'Authentication',
  permission: 'public',
  answer: ok({ session: SessionShape }),
  status: 200,
  problems: [],
});

export const createSession = route({
  id: 'session.create',
  method: 'POST',
  path: '/v1/session',
  summary: 'Sign in with e-mail and password, or with the token of a one-time link; sets a session cookie',
  tag: 'Authentication',
  permission: 'public',
  body: Type.Union([
    Type.Object({ email: Type.String(), password: Type.String() }, { additionalProperties: false }),
    Type.Object({ token: Type.String() }, { additionalProperties: false }),
  ]),
  answer: ok({ session: SessionShape }),
  status: 200,
  problems: ['unauthorized', 'too_many_requests'],
});

export const deleteSession = route({
  id: 'session.delete',
  method: 'DELETE',
  path: '/v1/session',
  summary: 'Sign out',
  tag: 'Authentication',
  permission: 'public',
  answer: ok({}),
  status: 200,
  problems: [],
});

export const putPassword = route({
  id: 'session.putPassword',
  method: 'PUT',
  path: '/v1/session/password',
  summary: 'Set or change the own password; ends all other sessions',
  tag: 'Authentication',
  permission: 'token:write',
  body: Type.Object(
    {
      password: Type.String({ description: '12 to 256 characters, whichever' }),
      /** Needed when there is one already. */
      currentPassword: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request', 'too_many_requests'],
});
