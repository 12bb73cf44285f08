import { Type } from 'typebox';
import { route } from './route.ts';
import { ok } from './shapes.ts';

const key = Type.Object({ key: Type.String({ maxLength: 200 }) });

/** Small personal settings of the UI: saved columns and views, theme, density. */
export const getPreference = route({
  id: 'preferences.get',
  method: 'GET',
  path: '/v1/preferences/:key',
  summary: 'A personal preference; null when never set',
  tag: 'Preferences',
  permission: 'preference:write',
  params: key,
  answer: ok({ value: Type.Unknown() }),
  status: 200,
  problems: ['unauthorized'],
});

export const putPreference = route({
  id: 'preferences.put',
  method: 'PUT',
  path: '/v1/preferences/:key',
  summary: 'Set a personal preference; null removes it',
  tag: 'Preferences',
  permission: 'preference:write',
  params: key,
  body: Type.Object({ value: Type.Unknown() }),
  bodyLimit: 64 * 1024,
  answer: ok({}),
  status: 200,
  problems: ['unauthorized', 'payload_too_large'],
});
