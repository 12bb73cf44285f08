import { beforeAll, describe, expect, test } from 'vitest';
import { type Answered, admin, withGantry } from '../../../test/with-gantry.ts';

const door = withGantry();
let secret = '';

beforeAll(async () => {
  secret = (await door.call('POST', '/v1/scim/tokens', { name: 'Okta' })).text('secret');
});

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const scim = (method: Verb, path: string, body?: object): Promise<Answered> =>
  door.send(method, `/scim/v2${path}`, {
    ...(body && { raw: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' },
  });
const find = (path: string, filter: string) => scim('GET', `${path}?filter=${encodeURIComponent(filter)}`);
const patch = (path: string, ...Operations: object[]) =>
  scim('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** RFC 7643 §8.3, without what only the server says. */
const bjensen = {
  schemas: [user, enterprise],
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: {
    formatted: 'Ms. Barbara J Jensen, III',
    familyName: 'Jensen',
    givenName: 'Barbara',
    middleName: 'Jane',
    honorificPrefix: 'Ms.',
    honorificSuffix: 'III',
  },
  displayName: 'Babs Jensen',
  nickName: 'Babs',
  profileUrl: 'https://login.example.com/bjensen',
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  addresses: [
    {
      ...{ streetAddress: '100 Universal City Plaza', locality: 'Hollywood', region: 'CA', postalCode: '91608' },
      ...{ country: 'USA', formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA', type: 'work' },
    },
  ],
  phoneNumbers: [{ value: 'tel:555-555-5555', type: 'work' }],
  ims: [{ value: 'someaimhandle', type: 'aim' }],
  photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' }],
  userType: 'Employee',
  title: 'Tour Guide',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/Los_Angeles',
  active: true,
  [enterprise]: {
    ...{ employeeNumber: '701984', costCenter: '4130', organization: 'Universal Studios', division: 'Theme Park' },
    ...{ department: 'Tour Operations', manager: { value: '26118915', displayName: 'John Smith' } },
  },
};

let id = '';
const entity = async (identifier: string) =>
  (await door.call('GET', `/v1/blueprints/_user/entities/${identifier}`)).at('entity');

describe('who may', () => {
  test('nobody without a token, and the refusal is one of SCIM', async () => {
    const answer = await door.send('GET', '/scim/v2/Users');
    expect(answer.headers['content-type']).toContain('application/scim+json');
    expect(answer).toMatchObject({
      status: 401,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401', detail: expect.any(String) },
    });
  });

  test('the token of a directory is good for SCIM only, and for nothing once it is void', async () => {
    const { headers, ...made } = await door.call('POST', '/v1/scim/tokens', { name: 'Short' });
    const authorization = `Bearer ${made.text('secret')}`;
    for (const path of ['/v1/blueprints', '/v1/scim/tokens', '/v1/organization']) {
      expect((await door.send('GET', path, { headers: { authorization } })).status, path).toBe(403);
    }
    expect((await door.send('GET', '/scim/v2/Users', { headers: { authorization } })).status).toBe(200);
    const listed = await door.call('GET', '/v1/scim/tokens');
    expect(JSON.stringify(listed.body)).not.toContain(made.text('secret'));
    await door.call('DELETE', `/v1/scim/tokens/${made.text('token.id')}`);
    expect((await door.send('GET', '/scim/v2/Users', { headers: { authorization } })).status).toBe(401);
  });
});

describe('users', () => {
  test('RFC 7643 §8.3: the enterprise user comes back as it was sent, and is a person here', async () => {
    const made = await scim('POST', '/Users', bjensen);
    expect(made.status).toBe(201);
    id = made.text('id');
    expect(made.body).toMatchObject(bjensen);
    const location = `http://localhost:80/scim/v2/Users/${id}`;
    expect(made.headers.location).toBe(location);
    expect(made.at('meta')).toMatchObject({ resourceType: 'User', location, created: expect.any(String) });
    expect((await scim('GET', `/Users/${id}`)).body).toEqual(made.body);
    expect(await entity('bjensen@example.com')).toMatchObject({
      title: 'Babs Jensen',
      properties: { status: 'Active' },
    });
  });

  test('RFC 7644 §3.3: the minimal user', async () => {
    const body = {
      ...{ schemas: [user], userName: 'mini', externalId: 'mini' },
      name: { formatted: 'Ms. Mini J Jensen III', familyName: 'Jensen', givenName: 'Mini' },
    };
    const made = await scim('POST', '/Users', body);
    expect(made).toMatchObject({ status: 201, body: { ...body, active: true } });
    expect(await entity('mini')).toMatchObject({ title: 'Ms. Mini J Jensen III' });
  });

  test('a name that is taken is a conflict', async () => {
    const answer = await scim('POST', '/Users', bjensen);
    expect(answer).toMatchObject({ status: 409, body: { status: '409', scimType: 'uniqueness' } });
  });

  test('RFC 7644 §3.4.2: found by filters, page by page, with the attributes asked for', async () => {
    const byName = await find('/Users', 'userName eq "BJensen@example.com"');
    expect(byName.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [{ id }] });
    expect((await find('/Users', 'userName eq "nobody"')).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await find('/Users', 'emails[type eq "home" and value co "jensen.org"]')).at('totalResults')).toBe(1);
    expect((await find('/Users', `${enterprise}:employeeNumber eq "701984"`)).at('totalResults')).toBe(1);
    expect(await find('/Users', 'userName zz 1')).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
    const page = await scim('GET', '/Users?startIndex=2&count=1&sortBy=userName&attributes=userName');
    expect(page.at('itemsPerPage')).toBe(1);
    expect(Object.keys(page.object('Resources.0')).sort()).toEqual(['id', 'schemas', 'userName']);
    expect((await scim('GET', '/Users?count=0')).list('Resources')).toEqual([]);
  });

  test('RFC 7644 §3.5.1: replaced as a whole', async () => {
    const body = { ...bjensen, nickName: undefined, title: undefined, userName: 'bjensen@example.com' };
    const answer = await scim('PUT', `/Users/${id}`, body);
    expect(answer.status).toBe(200);
    expect(answer.at('nickName')).toBeUndefined();
    expect(answer.at('externalId')).toBe('701984');
  });

  test('RFC 7644 §3.5.2: changed in parts, all or nothing', async () => {
    const added = await patch(`/Users/${id}`, {
      op: 'add',
      value: { emails: [{ value: 'babs@example.org', type: 'other' }], nickname: 'Babs' },
    });
    expect(added.list('emails').map(({ value }) => value)).toContain('babs@example.org');
    expect(added.at('nickName')).toBe('Babs');
    const replaced = await patch(
      `/Users/${id}`,
      { op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway Ave' },
      { op: 'remove', path: 'emails[type eq "other"]' },
    );
    expect(replaced.at('addresses.0.streetAddress')).toBe('1010 Broadway Ave');
    expect(replaced.list('emails')).toHaveLength(2);
    const bad = await patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'X' }, { op: 'remove' });
    expect(bad).toMatchObject({ status: 400, body: { scimType: 'noTarget' } });
    expect((await scim('GET', `/Users/${id}`)).at('title')).toBeUndefined();
  });

  test('made inactive they are disabled, and active again they may come back', async () => {
    expect((await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })).at('active')).toBe(false);
    expect(await entity('bjensen@example.com')).toMatchObject({ properties: { status: 'Disabled' } });
    await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true });
    expect(await entity('bjensen@example.com')).toMatchObject({ properties: { status: 'Active' } });
  });

  test('another address is another name of the same person', async () => {
    await patch(`/Users/${id}`, { op: 'replace', path: 'emails[type eq "work"].value', value: 'Babs@Example.com' });
    expect(await entity('babs@example.com')).toMatchObject({ title: 'Babs Jensen' });
    expect((await scim('GET', `/Users/${id}`)).status).toBe(200);
  });

  test('what is no user is refused, and what is not there is not found', async () => {
    expect(await scim('POST', '/Users', { schemas: [user] })).toMatchObject({ status: 400 });
    expect(await scim('POST', '/Users', { schemas: [user], userName: 7 })).toMatchObject({ status: 400 });
    expect(await patch('/Users/0', { op: 'replace', value: { active: false } })).toMatchObject({ status: 404 });
    expect(await scim('PATCH', `/Users/${id}`, { Operations: 1 })).toMatchObject({ status: 400 });
    expect(await scim('GET', '/Nothing')).toMatchObject({ status: 404, body: { status: '404' } });
  });
});

describe('power', () => {
  test('no role comes by SCIM, whatever it calls itself', async () => {
    const eve = { schemas: [user], userName: 'eve@example.com', roles: [{ value: 'Admin' }], port_role: 'Admin' };
    expect((await scim('POST', '/Users', eve)).status).toBe(201);
    expect(await entity('eve@example.com')).toMatchObject({ properties: { status: 'Active', port_role: null } });
  });

  test('the last administrator can be neither disabled nor deleted', async () => {
    const boss = (await find('/Users', `userName eq "${admin.email}"`)).text('Resources.0.id');
    const refused = { status: 403, body: { status: '403', detail: expect.stringContaining('administrator') } };
    expect(await patch(`/Users/${boss}`, { op: 'replace', path: 'active', value: false })).toMatchObject(refused);
    expect(await scim('DELETE', `/Users/${boss}`)).toMatchObject(refused);
  });
});

describe('groups', () => {
  let team = '';

  test('RFC 7643 §8.4: a group is a team, its members are in it', async () => {
    const body = { schemas: [group], displayName: 'Tour Guides', members: [{ value: id, display: 'Babs Jensen' }] };
    const made = await scim('POST', '/Groups', body);
    expect(made.status).toBe(201);
    team = made.text('id');
    const $ref = `http://localhost:80/scim/v2/Users/${id}`;
    expect(made.at('members')).toEqual([{ value: id, display: 'Babs Jensen', $ref, type: 'User' }]);
    expect(await entity('babs@example.com')).toMatchObject({ team: ['Tour-Guides'] });
    expect((await scim('GET', `/Users/${id}`)).at('groups.0')).toMatchObject({ value: team, display: 'Tour Guides' });
    expect((await find('/Groups', 'displayName eq "tour guides"')).at('totalResults')).toBe(1);
  });

  test('RFC 7644 §3.5.2: members join and leave, in every way of saying it', async () => {
    const mini = (await find('/Users', 'userName eq "mini"')).text('Resources.0.id');
    const members = (answer: Answered) => (answer.at('members') === undefined ? [] : answer.list('members'));
    const joined = await patch(`/Groups/${team}`, { op: 'add', path: 'members', value: [{ value: mini }] });
    expect(members(joined).map(({ value }) => value)).toEqual([id, mini]);
    const left = await patch(`/Groups/${team}`, { op: 'remove', path: `members[value eq "${id}"]` });
    expect(members(left).map(({ value }) => value)).toEqual([mini]);
    const swapped = await patch(`/Groups/${team}`, { op: 'replace', path: 'members', value: [{ value: id }] });
    expect(members(swapped).map(({ value }) => value)).toEqual([id]);
    expect(members(await patch(`/Groups/${team}`, { op: 'remove', path: 'members' }))).toEqual([]);
    const stranger = await patch(`/Groups/${team}`, { op: 'add', path: 'members', value: [{ value: '0' }] });
    expect(stranger).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  });

  test('of two who join at the same moment, both are in', async () => {
    const other = (await scim('POST', '/Groups', { schemas: [group], displayName: 'Others' })).text('id');
    const join = (path: string) => patch(path, { op: 'add', path: 'members', value: [{ value: id }] });
    const answers = await Promise.all([join(`/Groups/${team}`), join(`/Groups/${other}`)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await entity('babs@example.com')).toMatchObject({ team: expect.arrayContaining(['Tour-Guides', 'Others']) });
  });

  test('a group that is deleted leaves its people, and a user who is deleted is gone', async () => {
    expect(await scim('DELETE', `/Groups/${team}`)).toMatchObject({ status: 204, body: '' });
    expect(await entity('babs@example.com')).toMatchObject({ team: ['Others'] });
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await scim('GET', `/Users/${id}`)).status).toBe(404);
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(404);
  });
});

describe('what it tells of itself', () => {
  test('RFC 7643 §5 to §7', async () => {
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      ...{ patch: { supported: true }, bulk: { supported: false }, filter: { supported: true, maxResults: 1000 } },
    });
    const types = await scim('GET', '/ResourceTypes');
    expect(types.list('Resources').map(({ endpoint }) => endpoint)).toEqual(['/Users', '/Groups']);
    const known = await scim('GET', '/Schemas');
    expect(known.list('Resources').map((schema) => schema.id)).toEqual([user, group, enterprise]);
  });
});
