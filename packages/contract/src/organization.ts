import { Type } from 'typebox';
import { route } from './route.ts';
import { ok } from './shapes.ts';

const OrganizationShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  featureFlags: Type.Array(Type.String()),
  settings: Type.Record(Type.String(), Type.Unknown()),
  announcement: Type.Record(Type.String(), Type.Unknown()),
});

export const getOrganization = route({
  id: 'organization.get',
  method: 'GET',
  path: '/v1/organization',
  summary: 'The organization',
  tag: 'Organization',
  permission: 'organization:read',
  answer: ok({ organization: OrganizationShape }),
  status: 200,
  problems: ['unauthorized'],
});

const changes = {
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  announcement: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};

export const patchOrganization = route({
  id: 'organization.patch',
  method: 'PATCH',
  path: '/v1/organization',
  summary: 'Change the name or some of the settings',
  tag: 'Organization',
  permission: 'organization:write',
  body: Type.Object(changes, { additionalProperties: true }),
  answer: ok({ organization: OrganizationShape }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'invalid_request'],
});

export const putOrganization = route({
  ...patchOrganization,
  id: 'organization.put',
  method: 'PUT',
  summary: 'Replace name, settings and announcement',
  body: Type.Object(
    { ...changes, name: Type.String({ minLength: 1, maxLength: 100 }) },
    { additionalProperties: true },
  ),
});
