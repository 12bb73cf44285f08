import { Type } from 'typebox';
import { type Method, route } from './route.ts';
import { ok, time } from './shapes.ts';

const media = 'application/scim+json';
const tag = 'SCIM';
/** What is inside is the business of RFC 7643, and told by `/scim/v2/Schemas`. */
const Resource = Type.Object({}, { additionalProperties: true });

const problems = ['unauthorized', 'forbidden', 'malformed_request', 'invalid_request', 'not_found'] as const;

function scim(id: string, method: Method, path: string, summary: string) {
  return {
    id: `scim.${id}`,
    method,
    path: `/scim/v2${path}`,
    summary,
    tag,
    permission: 'directory:write' as const,
    media,
    answer: Resource,
    status: 200,
    problems: [...problems],
  };
}

const one = Type.Object({ id: Type.String({ maxLength: 100 }) });
const pick = {
  attributes: Type.Optional(Type.String({ maxLength: 2000 })),
  excludedAttributes: Type.Optional(Type.String({ maxLength: 2000 })),
};
const list = Type.Object({
  ...pick,
  filter: Type.Optional(Type.String({ maxLength: 4000 })),
  startIndex: Type.Optional(Type.String({ pattern: '^-?\\d{1,9}$' })),
  count: Type.Optional(Type.String({ pattern: '^-?\\d{1,9}$' })),
  sortBy: Type.Optional(Type.String({ maxLength: 200 })),
  sortOrder: Type.Optional(Type.Union([Type.Literal('ascending'), Type.Literal('descending')])),
});
const query = Type.Object(pick);

export const scimServiceProviderConfig = route(
  scim('config', 'GET', '/ServiceProviderConfig', 'What this SCIM service can do'),
);
export const scimResourceTypes = route(scim('resourceTypes', 'GET', '/ResourceTypes', 'Users and groups'));
export const scimSchemas = route(scim('schemas', 'GET', '/Schemas', 'Every attribute of users and groups'));

export const listScimUsers = route({ ...scim('users.list', 'GET', '/Users', 'Find users'), query: list });
export const getScimUser = route({
  ...scim('users.get', 'GET', '/Users/:id', 'A user'),
  ...{ params: one, query },
});
export const createScimUser = route({
  ...scim('users.create', 'POST', '/Users', 'Make a user: a `_user` entity'),
  ...{ body: Resource, status: 201, problems: [...problems, 'already_exists'] },
});
export const putScimUser = route({
  ...scim('users.put', 'PUT', '/Users/:id', 'Replace a user'),
  ...{ params: one, body: Resource, problems: [...problems, 'already_exists'] },
});
export const patchScimUser = route({
  ...scim('users.patch', 'PATCH', '/Users/:id', 'Change a user; `active: false` keeps them out'),
  ...{ params: one, body: Resource, problems: [...problems, 'already_exists'] },
});
export const deleteScimUser = route({
  ...scim('users.delete', 'DELETE', '/Users/:id', 'Move a user to the trash'),
  ...{ params: one, status: 204 },
});

export const listScimGroups = route({ ...scim('groups.list', 'GET', '/Groups', 'Find groups'), query: list });
export const getScimGroup = route({
  ...scim('groups.get', 'GET', '/Groups/:id', 'A group'),
  ...{ params: one, query },
});
export const createScimGroup = route({
  ...scim('groups.create', 'POST', '/Groups', 'Make a group: a `_team` entity'),
  ...{ body: Resource, status: 201, problems: [...problems, 'already_exists'] },
});
export const putScimGroup = route({
  ...scim('groups.put', 'PUT', '/Groups/:id', 'Replace a group and its members'),
  ...{ params: one, body: Resource, problems: [...problems, 'already_exists'] },
});
export const patchScimGroup = route({
  ...scim('groups.patch', 'PATCH', '/Groups/:id', 'Change a group or its members'),
  ...{ params: one, body: Resource, problems: [...problems, 'already_exists'] },
});
export const deleteScimGroup = route({
  ...scim('groups.delete', 'DELETE', '/Groups/:id', 'Move a group to the trash'),
  ...{ params: one, status: 204 },
});

const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: time,
  createdBy: Type.String(),
  lastUsedAt: Type.Optional(time),
});

export const listScimTokens = route({
  id: 'scimTokens.list',
  method: 'GET',
  path: '/v1/scim/tokens',
  summary: 'The tokens that directories send with SCIM',
  tag,
  permission: 'credential:write',
  answer: ok({ tokens: Type.Array(Token) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const createScimToken = route({
  id: 'scimTokens.create',
  method: 'POST',
  path: '/v1/scim/tokens',
  summary: 'Make a token for a directory; it is shown this once',
  tag,
  permission: 'credential:write',
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }, { additionalProperties: false }),
  answer: ok({ token: Token, secret: Type.String() }),
  status: 201,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const deleteScimToken = route({
  id: 'scimTokens.delete',
  method: 'DELETE',
  path: '/v1/scim/tokens/:id',
  summary: 'Void a token',
  tag,
  permission: 'credential:write',
  params: one,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});
