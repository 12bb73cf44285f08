import { type Route, routes } from '@gantry/contract';
import { permissions } from '@gantry/core';
import { describe, expect, test } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const actors = { member: member('member'), moderator: member('moderator', [], ['ghost-moderator']) };
const { call, send } = withGantry({}, { authority: vouchingFor(actors) });

/** Written down once more, so that whoever gives something to more people has to say so here, too. */
const ofMembers = [
  'organization:read',
  'blueprint:read',
  'entity:read',
  'entity:write',
  'preference:write',
  'token:write',
];
const ofModeratorsOfTheBlueprint = ['blueprint:write', 'permission:write'];

const callers = ['nobody', 'member', 'moderator', 'admin'] as const;
type Caller = (typeof callers)[number];

function isExpected(caller: Caller, { permission, path }: Route): boolean {
  if (permission === 'public' || caller === 'admin') return true;
  if (caller === 'nobody') return false;
  if (ofMembers.includes(permission)) return true;
  return caller === 'moderator' && ofModeratorsOfTheBlueprint.includes(permission) && path.includes('/:blueprint');
}

/** Asks about what does not exist and without a body, so that whoever is let in does nothing. */
async function ask(caller: Caller, route: Route) {
  const path = route.path.replaceAll(/:\w+/g, (name) => (name === ':blueprint' ? 'ghost' : '0'));
  if (caller === 'admin') return call(route.method, path);
  return send(route.method, path, { headers: caller === 'nobody' ? {} : { authorization: `Bearer ${caller}` } });
}

describe.each(routes.map((route) => [route.id, route] as const))('%s', (_, route) => {
  test('states what it takes', () => {
    expect(permissions).toContain(route.permission);
  });

  test.each(callers)('lets %s in exactly where that is written', async (caller) => {
    const isLetIn = isExpected(caller, route);
    // A stream of events does not end by itself.
    if (isLetIn && route.media === 'text/event-stream') return;
    const { status } = await ask(caller, route);
    if (isLetIn) expect([401, 403]).not.toContain(status);
    else expect(status).toBe(caller === 'nobody' ? 401 : 403);
  });
});
