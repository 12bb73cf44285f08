import { isReading, type Route, routes } from '@gantry/contract';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answered, admin, withGantry } from '../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;
const [ann, bob] = ['ann@example.com', 'bob@example.com'];
const VIEW = 'x-gantry-view-as';
const cookies: Record<string, string> = {};

beforeAll(async () => {
  const properties = { a: { type: 'string' }, salary: { type: 'number' } };
  await call('POST', '/v1/blueprints', { identifier: 'x', ownership: { type: 'Direct' }, schema: { properties } });
  await call('POST', '/v1/teams', { name: 'Blue' });
  for (const email of [ann, bob]) cookies[email] = await invite(email);
  await call('PATCH', `/v1/users/${ann}`, { teams: ['Blue'] });
  await call('PATCH', '/v1/blueprints/x/permissions', { entities: { read: { roles: [], ownedByTeam: true } } });
  await call('POST', '/v1/blueprints/x/entities', { identifier: '0', team: ['Blue'], properties: { a: 'seen' } });
  await call('POST', '/v1/blueprints/x/entities', { identifier: 'hidden', properties: { a: 'hidden' } });
  cookies[admin.email] = sessionOf(await send('POST', '/v1/session', { body: admin }));
});

async function invite(email: string): Promise<string> {
  const invited = await call('POST', '/v1/users/invite', { invitee: { email } });
  const token = invited.text('signInLink.path').split('token=')[1];
  return sessionOf(await send('POST', '/v1/session', { body: { token } }));
}

function sessionOf({ headers }: Answered): string {
  const all = [headers['set-cookie']].flat().map((text) => String(text).split(';')[0] ?? '');
  const session = all.find((text) => text.startsWith('gantry_session='));
  if (!session) throw new Error(`Nobody is signed in by ${all.join()}.`);
  return session;
}

const asAdmin = (view: string) => ({ cookie: cookies[admin.email] ?? '', [VIEW]: encodeURIComponent(view) });
const begun = async () =>
  (await call('GET', '/v1/audit-log?limit=100&resources=user&action=READ'))
    .list('audits')
    .filter(({ message }) => String(message).startsWith('Began to view'));

const bodies: Readonly<Record<string, unknown>> = {
  'entities.search': { combinator: 'and', rules: [] },
  'entities.searchBlueprint': {},
  'entities.aggregate': { func: 'count', blueprint: 'x', query: { combinator: 'and', rules: [] } },
  'entities.export': { format: 'ndjson' },
};
const questions: Readonly<Record<string, string>> = {
  'search.global': '?q=seen',
  'graph.get': '?blueprint=x&entity=0',
};

describe('UT-1 an administrator who looks as somebody else', () => {
  const reading = routes.filter((route) => isReading(route) && route.media !== 'text/event-stream');

  // Before the walk below, whose many refusals are more than the audit log takes at a time.
  test('leaves one entry for each session and person, and whatever is refused meanwhile is on their account', async () => {
    const before = (await begun()).length;
    cookies[admin.email] = sessionOf(await send('POST', '/v1/session', { body: admin }));
    for (let times = 0; times < 3; times++) await send('GET', '/v1/blueprints', { headers: asAdmin(ann) });
    await send('GET', '/v1/blueprints', { headers: asAdmin('role:Member') });
    const entries = await begun();
    expect(entries).toHaveLength(before + 2);
    expect(entries[0]).toMatchObject({ status: 'SUCCESS', trigger: { by: { label: admin.email } } });

    expect((await send('GET', '/v1/audit-log', { headers: asAdmin(bob) })).status).toBe(403);
    await vi.waitFor(async () => {
      const refused = (await call('GET', '/v1/audit-log?limit=100&resources=audit&status=FAILURE')).list('audits');
      const own = refused.filter(({ additionalData }) => (additionalData as { viewedAs?: string }).viewedAs === bob);
      expect(own.map(({ resourceType }) => resourceType)).toContain('audit');
      for (const entry of own) expect(entry).toMatchObject({ trigger: { by: { label: admin.email } } });
    }, 10_000);
  });

  test.each(reading.map((route) => [route.id, route] as const))('is answered by %s as they are', async (_, route) => {
    for (const person of [ann, bob]) {
      const theirs = await ask(route, { cookie: cookies[person] ?? '' });
      const viewed = await ask(route, asAdmin(person));
      expect(viewed.status).toBe(theirs.status);
      expect(comparable(viewed.body)).toEqual(comparable(theirs.body));
    }
  });

  test('sees what they see, and no more', async () => {
    const seen = await send('GET', '/v1/blueprints/x/entities', { headers: asAdmin(ann) });
    expect(seen.list('entities').map(({ identifier }) => identifier)).toEqual(['0']);
    const member = await send('GET', '/v1/blueprints/x/entities', { headers: asAdmin('role:Member') });
    expect(member.list('entities')).toEqual([]);
  });

  test.each(routes.filter((route) => !isReading(route)).map((route) => [route.id, route] as const))(
    'is refused %s',
    async (_, route) => {
      const { status, body } = await ask(route, { authorization: door.bearer(), [VIEW]: ann });
      expect(status, JSON.stringify(body)).toBe(403);
      expect(JSON.stringify(body)).toContain('you can only look');
    },
  );

  test('names somebody who can sign in', async () => {
    for (const nobody of ['ghost@example.com', 'role:King', 'role:']) {
      expect((await send('GET', '/v1/blueprints', { headers: asAdmin(nobody) })).status).toBe(404);
    }
    const broken = { cookie: cookies[admin.email] ?? '', [VIEW]: '%E0%A4%A' };
    expect((await send('GET', '/v1/blueprints', { headers: broken })).status).toBe(400);
  });
});

test('nobody else looks as somebody else, and that they tried is written down', async () => {
  const headers = { cookie: cookies[bob] ?? '', [VIEW]: admin.email };
  expect((await send('GET', '/v1/blueprints', { headers })).status).toBe(403);
  expect((await send('GET', '/v1/session', { headers })).status).toBe(403);
  expect((await send('GET', '/v1/live?view_as=role:Admin', { headers: { cookie: cookies[bob] ?? '' } })).status).toBe(
    403,
  );
  expect((await send('GET', '/v1/blueprints', { headers: { [VIEW]: ann } })).status).toBe(401);
  await vi.waitFor(async () => {
    const refused = (await call('GET', '/v1/audit-log?limit=100&status=FAILURE')).list('audits');
    expect(refused.some(({ message }) => String(message).startsWith('Only administrators may view'))).toBe(true);
  }, 10_000);
});

test('the parameter counts for live events alone', async () => {
  const cookie = cookies[admin.email] ?? '';
  const seen = await send('GET', `/v1/blueprints/x/entities?view_as=${bob}`, { headers: { cookie } });
  expect(seen.list('entities')).toHaveLength(2);
});

function ask(route: Route, headers: Record<string, string>): Promise<Answered> {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'blueprint' ? 'x' : '0'));
  const body = bodies[route.id] ?? (route.method === 'GET' ? undefined : {});
  return send(route.method, `${path}${questions[route.id] ?? ''}`, {
    ...(body === undefined ? {} : { body }),
    headers,
  });
}

/** Without what is another one with every request, and which of the sessions is the one that asks. */
function comparable(body: unknown): unknown {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text
    .replaceAll(/"(requestId|traceId|lastSeenAt|evaluatedAt|durationMs)":("[^"]*"|\d+)/g, '"$1":0')
    .replaceAll(/"current":(true|false)/g, '"current":0');
}
