import { isReading, routes } from '@gantry/contract';
import { defaultClaimMapping } from '@gantry/core';
import { expect, test, vi } from 'vitest';
import { signedIn } from '../../../test/signed-in.ts';
import { admin, machine, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry({
  GANTRY_OIDC_ISSUER: 'https://id.example.com',
  GANTRY_OIDC_CLIENT_ID: 'gantry',
  GANTRY_OIDC_CLIENT_SECRET: 'of-the-provider',
});
const { call, send } = door;

type Row = Readonly<Record<string, unknown>>;

/** What one call is to leave in the audit log: `action resource name`, each once. */
interface Step {
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly leaves: readonly string[];
  /** Looks at entries about this kind of thing only, where a call has many effects besides. */
  readonly about?: string;
  /** Who does it, when not the test machine. */
  readonly actor?: string;
}

/** These are asked with a body or store nothing that is the organization's. */
const writesNothing = new Set([...routes.filter(isReading).map(({ id }) => id), 'preferences.put']);

const x = { blueprint: 'x' };
const one = { ...x, entity: 'one' };
const model = { identifier: 'x', schema: { properties: { a: { type: 'string' } } }, relations: { r: { target: 'x' } } };
const withMirror = { ...model, mirrorProperties: { m: { path: 'r.a' } } };
const red = { team: 'Red' };
const guest = 'guest@example.com';
const directory = 'Directory of ACME';
const sue = 'sue@example.com';
const scimUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const scimGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const replacing = (path: string, value: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path, value }],
});
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
  { route: 'session.create', body: admin, leaves: [`CREATE session ${admin.email}`], actor: admin.email },
  { route: 'session.delete', leaves: [`DELETE session ${admin.email}`], actor: admin.email },
  { route: 'teams.create', body: { name: 'Red' }, leaves: ['CREATE entity Red'] },
  { route: 'teams.put', params: red, body: { name: 'Red', description: 'a' }, leaves: ['UPDATE entity Red'] },
  { route: 'teams.patch', params: red, body: { description: 'b' }, leaves: ['UPDATE entity Red'] },
  { route: 'teams.delete', params: red, leaves: ['DELETE entity Red'] },
  {
    route: 'users.invite',
    body: { invitee: { email: guest } },
    leaves: [`CREATE entity ${guest}`, `CREATE user ${guest}`],
  },
  { route: 'users.renewSignIn', params: { user: guest }, leaves: [`UPDATE user ${guest}`] },
  { route: 'users.patch', params: { user: guest }, body: { status: 'Active' }, leaves: [`UPDATE entity ${guest}`] },
  {
    route: 'session.putPassword',
    body: { password: 'a password of mine' },
    leaves: [`UPDATE user ${guest}`],
    actor: guest,
  },
  {
    route: 'tokens.create',
    body: { name: 't', scopes: ['read'], expiresInDays: 1 },
    leaves: ['CREATE token *'],
    actor: guest,
  },
  { route: 'tokens.delete', params: { id: 'token' }, leaves: ['DELETE token *'], actor: guest },
  {
    route: 'credentials.rotateOfUser',
    params: { user: guest },
    leaves: [`UPDATE credential ${guest}`],
    actor: guest,
  },
  { route: 'sessions.end', params: { id: 'session' }, leaves: ['DELETE session *'], actor: guest },
  { route: 'sessions.endAll', leaves: [`DELETE session ${guest}`], actor: guest },
  { route: 'apps.create', body: { name: 'a' }, leaves: ['CREATE credential app_*'] },
  { route: 'apps.put', params: { app: 'app' }, body: { name: 'b' }, leaves: ['UPDATE credential app_*'] },
  { route: 'apps.rotate', params: { app: 'app' }, leaves: ['UPDATE credential app_*'] },
  { route: 'apps.delete', params: { app: 'app' }, leaves: ['DELETE credential app_*'] },
  { route: 'users.delete', params: { user: guest }, leaves: [`DELETE entity ${guest}`] },
  {
    route: 'signInSettings.put',
    params: { provider: 'oidc' },
    body: { enabled: true, mapping: defaultClaimMapping },
    leaves: ['UPDATE permission sign-in/oidc'],
  },
  { route: 'scimTokens.create', body: { name: directory }, leaves: ['CREATE token *'] },
  {
    route: 'scim.users.create',
    body: { schemas: [scimUser], userName: sue },
    leaves: [`CREATE entity ${sue}`],
    actor: directory,
  },
  {
    route: 'scim.users.put',
    params: { id: 'scim Users' },
    body: { schemas: [scimUser], userName: sue, displayName: 'Sue' },
    leaves: [`UPDATE entity ${sue}`],
    actor: directory,
  },
  {
    route: 'scim.users.patch',
    params: { id: 'scim Users' },
    body: replacing('displayName', 'Sue S.'),
    leaves: [`UPDATE entity ${sue}`],
    actor: directory,
  },
  {
    route: 'scim.groups.create',
    body: { schemas: [scimGroup], displayName: 'Green' },
    leaves: ['CREATE entity Green'],
    actor: directory,
  },
  {
    route: 'scim.groups.put',
    params: { id: 'scim Groups' },
    body: { schemas: [scimGroup], displayName: 'Lime' },
    leaves: ['UPDATE entity Green'],
    actor: directory,
  },
  {
    route: 'scim.groups.patch',
    params: { id: 'scim Groups' },
    body: replacing('displayName', 'Moss'),
    leaves: ['UPDATE entity Green'],
    actor: directory,
  },
  { route: 'scim.groups.delete', params: { id: 'scim Groups' }, leaves: ['DELETE entity Green'], actor: directory },
  { route: 'scim.users.delete', params: { id: 'scim Users' }, leaves: [`DELETE entity ${sue}`], actor: directory },
  { route: 'scimTokens.delete', params: { id: 'scim token' }, leaves: ['DELETE token *'] },
];

test('the walk goes through every route that writes', () => {
  const writing = routes.filter(({ method, id }) => method !== 'GET' && !writesNothing.has(id)).map(({ id }) => id);
  expect(walk.map(({ route }) => route).sort()).toEqual([...writing].sort());
});

test('AL-1 every write leaves exactly one entry for each thing it changed, with actor and difference', async () => {
  for (const step of walk) {
    const since = await newest();
    const status = await take(step);
    expect(status, step.route).toBeLessThan(300);
    await vi.waitFor(async () => {
      const isSession = step.leaves.some((name) => name.includes(' session '));
      const entries = (await entriesSince(since, step.about)).filter(
        // Tokens are written down a moment later: one from before must not be taken for an effect of this step.
        ({ resourceType }) => (resourceType === 'session') === isSession,
      );
      expect(entries.map(nameOf).sort(), step.route).toEqual(step.leaves);
      for (const entry of entries) checkEntry(entry, step);
    }, 10_000);
  }
}, 120_000);

function checkEntry(entry: Row, { route, actor = machine.clientId }: Step): void {
  expect(entry, route).toMatchObject({ status: 'SUCCESS', trigger: { by: { label: actor } } });
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
  const isGiven = resourceType !== 'organization' && resourceType !== 'migration';
  return [action, resourceType, ...(isGiven ? [name?.replace(madeUp, '*')] : [])].join(' ');
}

const madeUp = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

async function newest(): Promise<number> {
  return Number((await call('GET', '/v1/audit-log?limit=1')).list('audits')[0]?.identifier ?? 0);
}

async function entriesSince(since: number, about?: string): Promise<Row[]> {
  const filter = about ? `&resources=${about}` : '';
  const { list } = await call('GET', `/v1/audit-log?limit=100${filter}`);
  return list('audits').filter(({ identifier }) => Number(identifier) > since);
}

let cookie = '';
let scimSecret = '';

async function take(step: Step): Promise<number> {
  const route = routes.find(({ id }) => id === step.route);
  if (!route) throw new Error(`There is no route ${step.route}.`);
  const params = await resolve(step.params ?? {});
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const headers = await headersOf(step);
  const answer = await send(route.method, path, { ...(step.body === undefined ? {} : { body: step.body }), headers });
  if (step.route === 'scimTokens.create') scimSecret = answer.text('secret');
  if (step.route === 'session.create') cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  if (step.route === 'blueprints.deleteAllEntities') await done(answer.text('migrationId'));
  return answer.status;
}

async function headersOf({ route, actor }: Step): Promise<Record<string, string>> {
  if (actor === guest) return signedIn(door, guest);
  if (actor === directory) return scimHeaders();
  return route === 'session.delete' ? { cookie } : { authorization: door.bearer() };
}

const scimHeaders = () => ({ authorization: `Bearer ${scimSecret}`, 'content-type': 'application/scim+json' });

/** Ids that are not known before: of what lies in the trash, of locations, of a migration that waits. */
async function resolve(params: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const found = { ...params };
  if (found.id === 'token' || found.id === 'session') {
    const answer = await send('GET', `/v1/${found.id}s`, { headers: await signedIn(door, guest) });
    found.id = String(answer.list(`${found.id}s`)[0]?.id);
  } else if (found.id === 'scim token') {
    found.id = String((await call('GET', '/v1/scim/tokens')).list('tokens')[0]?.id);
  } else if (found.id?.startsWith('scim ')) {
    const [kind, filter] =
      found.id === 'scim Users'
        ? ['Users', `userName eq "${sue}"`]
        : ['Groups', 'displayName sw "" and not (displayName eq "Red")'];
    const path = `/scim/v2/${kind}?filter=${encodeURIComponent(filter)}`;
    found.id = String((await send('GET', path, { headers: scimHeaders() })).list('Resources').at(-1)?.id);
  } else if (found.id) {
    const name = found.id.replace('trashed:', '');
    found.id = String((await call('GET', `/v1/trash?entity=${name}`)).list('trash')[0]?.id);
  }
  if (found.app) found.app = String((await call('GET', '/v1/apps')).list('apps').find(isApp)?.id);
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

const isApp = ({ keptBy }: Row) => keptBy === 'api';

async function done(migration: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await call('GET', `/v1/migrations/${migration}`)).at('migration.status')).toBe('COMPLETED');
  }, 10_000);
}
