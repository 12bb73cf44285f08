import { isReading, routes } from '@gantry/contract';
import { expect, test, vi } from 'vitest';
import { admin, machine, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;

type Row = Readonly<Record<string, unknown>>;

/** What one call is to leave in the audit log: `action resource name`, each once. */
interface Step {
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** Given as a function where it holds what an earlier step answered. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly leaves: readonly string[];
  /** Looks at entries about this kind of thing only, where a call has many effects besides. */
  readonly about?: string;
  /** Who does it, when not the test machine: the person who has signed in last. */
  readonly byPerson?: string;
}

/** These are asked with a body or store nothing that is the organization's. */
const writesNothing = new Set([...routes.filter(isReading).map(({ id }) => id), 'preferences.put']);

const x = { blueprint: 'x' };
const one = { ...x, entity: 'one' };
const model = { identifier: 'x', schema: { properties: { a: { type: 'string' } } }, relations: { r: { target: 'x' } } };
const withMirror = { ...model, mirrorProperties: { m: { path: 'r.a' } } };
const file = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: service\n';

const walk: readonly Step[] = [
  { route: 'organization.patch', body: { name: 'ACME' }, leaves: ['UPDATE organization'] },
  { route: 'organization.put', body: { name: 'ACME Inc.' }, leaves: ['UPDATE organization'] },
  { route: 'setup.startBlank', leaves: ['UPDATE organization'] },
  { route: 'blueprints.create', body: model, leaves: ['CREATE blueprint x'] },
  { route: 'blueprints.put', params: x, body: withMirror, leaves: ['UPDATE blueprint x'] },
  { route: 'blueprints.patch', params: x, body: { title: 'X' }, leaves: ['UPDATE blueprint x'] },
  {
    route: 'blueprints.renameProperty',
    params: { ...x, property: 'a' },
    body: { newPropertyName: 'b' },
    leaves: ['UPDATE blueprint x'],
  },
  {
    route: 'blueprints.renameMirror',
    params: { ...x, property: 'm' },
    body: { newPropertyName: 'n' },
    leaves: ['UPDATE blueprint x'],
  },
  {
    route: 'blueprints.renameRelation',
    params: { ...x, relation: 'r' },
    body: { newRelationIdentifier: 's' },
    leaves: ['UPDATE blueprint x'],
  },
  {
    route: 'permissions.patch',
    params: x,
    body: { entities: { read: { roles: ['Admin'] } } },
    leaves: ['UPDATE permission x'],
  },
  { route: 'entities.create', params: x, body: { identifier: 'one' }, leaves: ['CREATE entity one'] },
  { route: 'entities.put', params: one, body: { properties: { b: '1' } }, leaves: ['UPDATE entity one'] },
  { route: 'entities.patch', params: one, body: { title: 'One' }, leaves: ['UPDATE entity one'] },
  {
    route: 'entities.bulkUpsert',
    params: x,
    body: { entities: [{ identifier: 'two' }, { identifier: 'three' }] },
    leaves: ['CREATE entity three', 'CREATE entity two'],
  },
  {
    route: 'entities.bulkDelete',
    params: x,
    body: { entities: ['two', 'three'] },
    leaves: ['DELETE entity three', 'DELETE entity two'],
  },
  { route: 'entities.delete', params: one, leaves: ['DELETE entity one'] },
  { route: 'trash.restore', params: { id: 'trashed:one' }, leaves: ['CREATE entity one'] },
  { route: 'trash.purge', params: { id: 'trashed:two' }, leaves: ['DELETE entity two'] },
  { route: 'blueprints.deleteAllEntities', params: x, about: 'migration', leaves: ['CREATE migration'] },
  { route: 'migrations.cancel', params: { migration: 'waiting' }, leaves: ['UPDATE migration'] },
  { route: 'blueprints.delete', params: x, leaves: ['DELETE blueprint x'] },
  {
    route: 'imports.create',
    body: { root: 'file:/a', base: 'file:/a/', entries: ['c.yaml'], files: [{ path: 'c.yaml', text: file }] },
    about: 'source',
    leaves: ['CREATE source file:/a'],
  },
  {
    route: 'locations.create',
    body: { target: 'https://example.com/catalog-info.yaml' },
    leaves: ['CREATE source https://example.com/catalog-info.yaml'],
  },
  {
    route: 'locations.refresh',
    params: { location: 'url' },
    leaves: ['UPDATE source https://example.com/catalog-info.yaml'],
  },
  { route: 'locations.confirmMissing', params: { location: 'file' }, leaves: ['UPDATE source file:/a'] },
  { route: 'locations.delete', params: { location: 'file' }, leaves: ['DELETE source file:/a'] },
  { route: 'demo.load', about: 'source', leaves: ['CREATE source demo'] },
  { route: 'demo.remove', about: 'source', leaves: ['DELETE source demo'] },
  { route: 'secrets.create', body: { secretName: 'S', secretValue: 'v' }, leaves: ['CREATE secret S'] },
  { route: 'secrets.patch', params: { name: 'S' }, body: { secretValue: 'w' }, leaves: ['UPDATE secret S'] },
  { route: 'secrets.delete', params: { name: 'S' }, leaves: ['DELETE secret S'] },
  { route: 'secrets.rotateKey', leaves: ['UPDATE secret encryption key'] },
  { route: 'auth.accessToken', body: machine, leaves: ['CREATE session test-machine'] },
  { route: 'session.create', body: admin, leaves: [`CREATE session ${admin.email}`], byPerson: admin.email },
  {
    route: 'tokens.create',
    body: { name: 'Laptop', scopes: ['read'], expiresInDays: 30 },
    leaves: ['CREATE token'],
    byPerson: admin.email,
  },
  { route: 'tokens.delete', params: { id: 'token:Laptop' }, leaves: ['DELETE token'], byPerson: admin.email },
  {
    route: 'credentials.rotateOfUser',
    params: { user: admin.email },
    leaves: [`UPDATE credential ${admin.email}`],
    byPerson: admin.email,
  },
  { route: 'apps.create', body: { name: 'Exporter' }, leaves: ['CREATE credential'] },
  { route: 'apps.put', params: { app: 'app:Exporter' }, body: { name: 'Exporter' }, leaves: ['UPDATE credential'] },
  { route: 'apps.rotate', params: { app: 'app:Exporter' }, leaves: ['UPDATE credential'] },
  { route: 'apps.delete', params: { app: 'app:Exporter' }, leaves: ['DELETE credential'] },
  {
    route: 'users.invite',
    body: { invitee: { email: 'ann@example.com' } },
    about: 'user',
    leaves: ['CREATE user ann@example.com'],
  },
  {
    route: 'session.create',
    body: () => ({ token: invitation }),
    leaves: ['CREATE session ann@example.com'],
    byPerson: 'ann@example.com',
  },
  {
    route: 'session.putPassword',
    body: { password: 'a password of my own' },
    leaves: ['UPDATE user ann@example.com'],
    byPerson: 'ann@example.com',
  },
  { route: 'users.renewSignIn', params: { user: 'ann@example.com' }, leaves: ['UPDATE user ann@example.com'] },
  {
    route: 'users.patch',
    params: { user: 'ann@example.com' },
    body: { roles: ['Admin'] },
    leaves: ['UPDATE entity ann@example.com'],
  },
  { route: 'users.delete', params: { user: 'ann@example.com' }, leaves: ['DELETE entity ann@example.com'] },
  { route: 'teams.create', body: { name: 'Blue' }, leaves: ['CREATE entity Blue'] },
  {
    route: 'teams.put',
    params: { team: 'Blue' },
    body: { name: 'Blue', description: 'b' },
    leaves: ['UPDATE entity Blue'],
  },
  { route: 'teams.patch', params: { team: 'Blue' }, body: { description: 'c' }, leaves: ['UPDATE entity Blue'] },
  { route: 'teams.delete', params: { team: 'Blue' }, leaves: ['DELETE entity Blue'] },
  { route: 'sessions.end', params: { id: 'session:' }, leaves: ['DELETE session'] },
  { route: 'session.create', body: admin, leaves: [`CREATE session ${admin.email}`], byPerson: admin.email },
  { route: 'session.delete', leaves: [`DELETE session ${admin.email}`], byPerson: admin.email },
  {
    route: 'sessions.endAll',
    query: `?user=${encodeURIComponent(admin.email)}`,
    leaves: [`DELETE session ${admin.email}`],
  },
];

test('the walk goes through every route that writes', () => {
  const writing = routes.filter(({ id }) => !writesNothing.has(id)).map(({ id }) => id);
  expect([...new Set(walk.map(({ route }) => route))].sort()).toEqual([...writing].sort());
});

test('AL-1 every write leaves exactly one entry for each thing it changed, with actor and difference', async () => {
  for (const step of walk) {
    const since = await newest();
    const status = await take(step);
    expect(status, step.route).toBeLessThan(300);
    await vi.waitFor(async () => {
      const isSession = step.leaves.some((name) => / session( |$)/.test(name));
      const entries = (await entriesSince(since, step.about)).filter(
        // Tokens are written down a moment later: one from before must not be taken for an effect of this step.
        ({ resourceType }) => (resourceType === 'session') === isSession,
      );
      expect(entries.map(nameOf).sort(), step.route).toEqual(step.leaves);
      for (const entry of entries) checkEntry(entry, step);
    }, 10_000);
  }
}, 120_000);

function checkEntry(entry: Row, { route, byPerson = machine.clientId }: Step): void {
  expect(entry, route).toMatchObject({ status: 'SUCCESS', trigger: { by: { label: byPerson } } });
  const { before, after } = entry.diff as { before: unknown; after: unknown };
  const isTold = before !== null || after !== null || typeof entry.message === 'string';
  expect(isTold, `${route} says what was different`).toBe(true);
  if (entry.resourceType !== 'entity') {
    expect(entry.additionalData, route).toMatchObject({ requestId: expect.any(String), address: '127.0.0.1' });
  }
}

/** `UPDATE blueprint x`; the names of what has none of its own choosing are left out. */
function nameOf({ action, resourceType, context }: Row): string {
  const name = (context as Record<string, string>)[String(resourceType)];
  const isGiven = resourceType !== 'organization' && resourceType !== 'migration' && !/[0-9a-f]{8}-/.test(String(name));
  return [action, resourceType, ...(isGiven ? [name] : [])].join(' ');
}

async function newest(): Promise<number> {
  return Number((await call('GET', '/v1/audit-log?limit=1')).list('audits')[0]?.identifier ?? 0);
}

async function entriesSince(since: number, about?: string): Promise<Row[]> {
  const filter = about ? `&resources=${about}` : '';
  const { list } = await call('GET', `/v1/audit-log?limit=100${filter}`);
  return list('audits').filter(({ identifier }) => Number(identifier) > since);
}

let cookie = '';
let invitation = '';

async function take(step: Step): Promise<number> {
  const route = routes.find(({ id }) => id === step.route);
  if (!route) throw new Error(`There is no route ${step.route}.`);
  const params = await resolve(step.params ?? {});
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const isSigningIn = step.route === 'session.create';
  const headers = step.byPerson && !isSigningIn ? { cookie } : { authorization: door.bearer() };
  const body = typeof step.body === 'function' ? step.body() : step.body;
  const answer = await send(route.method, `${path}${step.query ?? ''}`, {
    ...(body === undefined ? {} : { body }),
    headers,
  });
  if (isSigningIn) cookie = sessionOf(answer.headers['set-cookie']);
  if (step.route === 'users.invite') invitation = answer.text('signInLink.path').split('token=')[1] ?? '';
  if (step.route === 'blueprints.deleteAllEntities') await done(answer.text('migrationId'));
  return answer.status;
}

function sessionOf(cookies: unknown): string {
  const all = [cookies].flat().map((text) => String(text).split(';')[0] ?? '');
  return all.find((text) => text.startsWith('gantry_session=')) ?? '';
}

/** Ids that are not known before: of what lies in the trash, of locations, of a migration that waits. */
async function resolve(params: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const found = { ...params };
  if (found.app) {
    const apps = (await call('GET', '/v1/apps')).list('apps');
    found.app = String(apps.find(({ name }) => `app:${name}` === found.app)?.id);
  }
  if (found.id?.startsWith('token:')) {
    found.id = String((await send('GET', '/v1/tokens', { headers: { cookie } })).list('tokens')[0]?.id);
  } else if (found.id === 'session:') {
    const sessions = await call('GET', `/v1/sessions?user=${encodeURIComponent(admin.email)}`);
    found.id = String(sessions.list('sessions')[0]?.id);
  } else if (found.id) {
    const name = found.id.replace('trashed:', '');
    found.id = String((await call('GET', `/v1/trash?entity=${name}`)).list('trash')[0]?.id);
  }
  if (found.location) {
    const locations = (await call('GET', '/v1/locations')).list('locations');
    found.location = String(locations.find(({ type }) => type === found.location)?.id);
  }
  if (found.migration) {
    found.migration = 'migration_waiting';
    await door.database.db
      .insertInto('migration')
      .values({ id: found.migration, actor: 'x', source_blueprint: 'x', status: 'PENDING' })
      .execute();
  }
  return found;
}

async function done(migration: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await call('GET', `/v1/migrations/${migration}`)).at('migration.status')).toBe('COMPLETED');
  }, 10_000);
}
