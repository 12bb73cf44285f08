import { Type } from 'typebox';
import { route } from './route.ts';
import { ok, time } from './shapes.ts';

const tag = 'Secrets';

/** What is told of a secret: everything but its value, which no answer ever holds. */
const SecretShape = Type.Object({
  secretName: Type.String(),
  description: Type.Optional(Type.String()),
  /** False when the key it was encrypted with is not here: the value has to be set anew, or the key brought back. */
  readable: Type.Boolean(),
  createdAt: time,
  createdBy: Type.String(),
  updatedAt: time,
  updatedBy: Type.String(),
});

const secretName = Type.String({ pattern: '^[A-Za-z0-9-_]*$', minLength: 1, maxLength: 100 });
const secretValue = Type.String({ minLength: 1, maxLength: 32_768 });
const description = Type.Optional(Type.String({ maxLength: 200 }));
const params = Type.Object({ name: Type.String() });
const one = ok({ secret: SecretShape });

export const listSecrets = route({
  id: 'secrets.list',
  method: 'GET',
  path: '/v1/organization/secrets',
  summary: 'All secrets by name, without their values',
  tag,
  permission: 'secret:write',
  answer: ok({ secrets: Type.Array(SecretShape) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const createSecret = route({
  id: 'secrets.create',
  method: 'POST',
  path: '/v1/organization/secrets',
  summary: 'Keep a secret; its value is encrypted and never answered',
  tag,
  permission: 'secret:write',
  body: Type.Object({ secretName, secretValue, description }, { additionalProperties: false }),
  answer: one,
  status: 201,
  problems: ['unauthorized', 'forbidden', 'already_exists', 'invalid_request', 'unavailable'],
});

export const getSecret = route({
  id: 'secrets.get',
  method: 'GET',
  path: '/v1/organization/secrets/:name',
  summary: 'A secret, without its value',
  tag,
  permission: 'secret:write',
  params,
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const patchSecret = route({
  id: 'secrets.patch',
  method: 'PATCH',
  path: '/v1/organization/secrets/:name',
  summary: 'Replace the value or the description; an empty description clears it',
  tag,
  permission: 'secret:write',
  params,
  body: Type.Object({ secretValue: Type.Optional(secretValue), description }, { additionalProperties: false }),
  answer: one,
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request', 'unavailable'],
});

export const deleteSecret = route({
  id: 'secrets.delete',
  method: 'DELETE',
  path: '/v1/organization/secrets/:name',
  summary: 'Delete a secret for good',
  tag,
  permission: 'secret:write',
  params,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

export const rotateSecretsKey = route({
  id: 'secrets.rotateKey',
  method: 'POST',
  path: '/v1/organization/secrets-key/rotate',
  summary: 'Encrypt every secret anew with the newest key, which is made first when Gantry keeps the key itself',
  tag,
  permission: 'secret:write',
  answer: ok({
    rotation: Type.Object({
      /** Id of the key that everything readable is encrypted with now. */
      key: Type.String(),
      /** Whether that key was made by this call. */
      made: Type.Boolean(),
      reencrypted: Type.Integer(),
      /** Names of the secrets whose key is lost; they are as they were. */
      unreadable: Type.Array(Type.String()),
    }),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'unavailable'],
});
