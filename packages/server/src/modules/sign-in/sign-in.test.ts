import { randomUUID } from 'node:crypto';
import { defaultClaimMapping } from '@gantry/core';
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client, IdentityProvider } from '../../../../../tests/identity-provider.ts';
import { type Answered, admin, withGantry } from '../../../test/with-gantry.ts';

const idp = await IdentityProvider.start();
afterAll(() => idp.stop());

const door = withGantry({
  GANTRY_OIDC_ISSUER: idp.issuer,
  GANTRY_OIDC_CLIENT_ID: client.clientId,
  GANTRY_OIDC_CLIENT_SECRET: client.clientSecret,
  GANTRY_OIDC_NAME: 'Acme',
  GANTRY_OIDC_MORE: JSON.stringify([
    { id: 'other', name: 'Other', issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'never shown' },
  ]),
});

const settings = (mapping: object = {}, enabled = true, provider = 'oidc') =>
  door.call('PUT', `/v1/sign-in/settings/${provider}`, {
    enabled,
    mapping: { ...defaultClaimMapping, scopes: ['profile', 'email', 'groups'], ...mapping },
  });

const ada = { email: 'Ada@Example.org', email_verified: true, name: 'Ada Lovelace', groups: ['devs', 'team-pay'] };

beforeAll(() => settings({}, true, 'other'));
beforeEach(async () => {
  idp.people.set('ada', ada);
  await settings();
});
afterEach(() => {
  idp.tamper = undefined;
  idp.isAway = false;
});

const cookiesOf = (answer: Answered): string[] => [answer.headers['set-cookie'] ?? []].flat().map(String);
const jar = (answer: Answered) => cookiesOf(answer).map((cookie) => cookie.split(';')[0] ?? '');
const placeOf = (answer: Answered) => new URL(String(answer.headers.location), 'http://localhost');

async function begin(to = '/e/service?q=1', provider = 'oidc') {
  const answer = await door.send('GET', `/v1/sign-in/providers/${provider}/begin?to=${encodeURIComponent(to)}`);
  expect(answer.status).toBe(303);
  return { answer, invitation: placeOf(answer).href, cookie: jar(answer).join('; ') };
}

/** The whole way; `cookie` stands in for what the browser holds when it comes back. */
async function signIn(name = 'ada', { to, cookie }: { to?: string; cookie?: string } = {}) {
  const begun = await begin(to);
  const back = await idp.visit(begun.invitation, name);
  const headers = { cookie: cookie ?? begun.cookie };
  return { ...begun, back, answer: await door.send('GET', back.pathname + back.search, { headers }) };
}

/** Why the person was sent back to the sign-in page, as they are told. */
async function refusalOf(answer: Answered) {
  const place = placeOf(answer);
  expect(place.pathname).toBe('/sign-in');
  expect(cookiesOf(answer).join()).not.toContain('gantry_session=');
  const reference = place.searchParams.get('refusal');
  return (await door.send('GET', `/v1/sign-in/refusals/${reference}`)).object('refusal');
}

const sessionOf = (answer: Answered) => jar(answer).find((cookie) => cookie.startsWith('gantry_session=')) ?? '';
const lastAttempt = async () => (await door.call('GET', '/v1/sign-in/settings/oidc/attempts')).object('attempts.0');

describe('getting in', () => {
  test('a person is made, gets a session, and goes on to the page they asked for', async () => {
    await settings({ teams: 'team-*', adminGroups: ['admins'] });
    const { answer } = await signIn();
    expect(answer.headers.location).toBe('/e/service?q=1');
    expect(cookiesOf(answer).join('\n')).toMatch(/gantry_session=.*HttpOnly; SameSite=Lax/);
    const session = await door.send('GET', '/v1/session', { headers: { cookie: sessionOf(answer) } });
    expect(session.at('session.actor')).toMatchObject({ label: 'ada@example.org', roles: ['Member'] });
    const person = await door.call('GET', '/v1/blueprints/_user/entities/ada@example.org');
    expect(person.at('entity')).toMatchObject({
      ...{ title: 'Ada Lovelace', team: ['pay'] },
      properties: { status: 'Active', port_role: 'Member', port_type: 'Standard' },
    });
  });

  test('the provider decides about teams and role each time, where the mapping lets it; the name stays', async () => {
    await settings({ teams: 'team-*', adminGroups: ['admins'] });
    idp.people.set('ada', { ...ada, name: 'A.', groups: ['team-web', 'admins'] });
    const { answer } = await signIn();
    const session = await door.send('GET', '/v1/session', { headers: { cookie: sessionOf(answer) } });
    expect(session.at('session.actor.roles')).toEqual(['Admin']);
    const person = await door.call('GET', '/v1/blueprints/_user/entities/ada@example.org');
    expect(person.at('entity')).toMatchObject({
      title: 'Ada Lovelace',
      team: ['web'],
      properties: { port_role: 'Admin' },
    });
  });

  test('the last administrator stays one, whatever the provider says of them', async () => {
    await settings({ adminGroups: ['admins'] });
    idp.people.set('boss', { email: admin.email, groups: [] });
    expect(sessionOf((await signIn('ada')).answer)).not.toBe('');
    const { answer } = await signIn('boss');
    const session = await door.send('GET', '/v1/session', { headers: { cookie: sessionOf(answer) } });
    expect(session.at('session.actor')).toMatchObject({ label: admin.email, roles: ['Admin'] });
  });

  test('the request to the provider carries PKCE, state and nonce, and no secret', async () => {
    const { searchParams } = new URL((await begin()).invitation);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ client_id: client.clientId, response_type: 'code', scope: 'openid profile email groups' },
      ...{ code_challenge_method: 'S256', state: expect.any(String), nonce: expect.any(String) },
      redirect_uri: 'http://localhost/v1/sign-in/providers/oidc/callback',
    });
    expect((await begin()).invitation).not.toContain(client.clientSecret);
  });

  test('the session a browser had before is another one afterwards, and over', async () => {
    const before = sessionOf(await door.send('POST', '/v1/session', { body: admin }));
    const begun = await begin();
    const back = await idp.visit(begun.invitation, 'ada');
    const headers = { cookie: `${begun.cookie}; ${before}` };
    const answer = await door.send('GET', back.pathname + back.search, { headers });
    expect(sessionOf(answer)).not.toBe(before);
    const old = await door.send('GET', '/v1/session', { headers: { cookie: before } });
    expect(old.at('session.actor')).toBeUndefined();
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example'])(
    'asked to go on to %j, it goes to the start',
    async (to) => {
      expect((await signIn('ada', { to })).answer.headers.location).toBe('/');
    },
  );

  test('a clock that is seconds off does not matter', async () => {
    idp.tamper = (claims) => ({ claims: { ...claims, exp: seconds(-20), iat: seconds(-60), nbf: seconds(20) } });
    expect(sessionOf((await signIn()).answer)).not.toBe('');
  });
});

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

describe('what is not proven lets nobody in', () => {
  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['an expired token', (claims) => ({ ...claims, exp: seconds(-40) })],
    ['a token from the future', (claims) => ({ ...claims, nbf: seconds(40) })],
    ['a token for another audience', (claims) => ({ ...claims, aud: 'somebody-else' })],
    ['a token of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['a token for another sign-in', (claims) => ({ ...claims, nonce: 'other' })],
    ['a token of another person than userinfo', (claims) => ({ ...claims, sub: 'eve' })],
  ])('%s', async (_, change) => {
    idp.tamper = (claims) => ({ claims: change(claims) });
    expect(await refusalOf((await signIn()).answer)).toMatchObject({ reason: 'unproven', providerName: 'Acme' });
    expect(await lastAttempt()).toMatchObject({ reason: 'unproven', detail: expect.any(String) });
  });

  test('a token signed by somebody else', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    idp.tamper = (claims) => ({ claims, key: privateKey });
    expect(await refusalOf((await signIn()).answer)).toMatchObject({ reason: 'unproven' });
  });

  test('a code that was used already, and a made-up one', async () => {
    const { back, cookie, answer } = await signIn();
    expect(sessionOf(answer)).not.toBe('');
    const again = await door.send('GET', back.pathname + back.search, { headers: { cookie } });
    expect(await refusalOf(again)).toMatchObject({ reason: 'unproven' });
    back.searchParams.set('code', 'made-up');
    const other = await door.send('GET', back.pathname + back.search, { headers: { cookie } });
    expect(await refusalOf(other)).toMatchObject({ reason: 'unproven' });
  });

  test('an answer brought by another browser, or for another state', async () => {
    for (const cookie of ['', 'gantry_sign_in_x=y', (await begin()).cookie]) {
      const { answer } = await signIn('ada', { cookie });
      expect(placeOf(answer).search).toBe('?problem=lost&provider=oidc');
      expect(sessionOf(answer)).toBe('');
    }
  });

  test('an answer for another provider', async () => {
    const { back, cookie } = await signIn();
    const path = back.pathname.replace('/oidc/', '/other/') + back.search;
    expect(placeOf(await door.send('GET', path, { headers: { cookie } })).search).toBe('?problem=lost&provider=other');
  });
});

describe('who is not let in is told why', () => {
  test('SI-2 they see the missing group and whom to ask, administrators all claims', async () => {
    await settings({ requiredGroups: ['gantry-users'], contact: 'it@example.org' });
    const { answer } = await signIn();
    expect(await refusalOf(answer)).toEqual({
      ...{ reference: expect.any(String), provider: 'oidc', providerName: 'Acme', contact: 'it@example.org' },
      ...{ reason: 'not_allowed', problems: [{ claim: 'groups', message: 'does not hold gantry-users' }] },
    });
    expect(placeOf(answer).searchParams.get('to')).toBe('/e/service?q=1');
    expect(await lastAttempt()).toMatchObject({ isTrial: false, claims: { groups: ['devs', 'team-pay'], sub: 'ada' } });
    expect((await door.send('GET', '/v1/sign-in/settings/oidc/attempts')).status).toBe(401);
  });

  test('a missing claim and an unverified address', async () => {
    idp.people.set('ada', { email_verified: false });
    expect(await refusalOf((await signIn()).answer)).toMatchObject({ problems: [{ claim: 'email' }] });
    idp.people.set('ada', { ...ada, email_verified: false });
    expect(await refusalOf((await signIn()).answer)).toMatchObject({ problems: [{ claim: 'email_verified' }] });
  });

  test('whoever changes their mind, is new where people are not made, or is disabled', async () => {
    expect(await refusalOf((await signIn('')).answer)).toMatchObject({ reason: 'declined' });
    await settings({ createPeople: false });
    idp.people.set('new', { email: 'new@example.org' });
    expect(await refusalOf((await signIn('new')).answer)).toMatchObject({ reason: 'no_account' });
    const off = { identifier: 'off@example.org', properties: { status: 'Disabled' } };
    await door.call('POST', '/v1/blueprints/_user/entities', off);
    idp.people.set('off', { email: 'off@example.org' });
    expect(await refusalOf((await signIn('off')).answer)).toMatchObject({ reason: 'disabled' });
  });

  test('a provider that is down sends back to the page with the others', async () => {
    const { answer } = await begin('/graph', 'other');
    expect(await refusalOf(answer)).toMatchObject({ reason: 'unreachable', providerName: 'Other' });
    expect(placeOf(answer).searchParams.get('to')).toBe('/graph');
    const begun = await begin();
    const back = await idp.visit(begun.invitation, 'ada');
    idp.isAway = true;
    const late = await door.send('GET', back.pathname + back.search, { headers: { cookie: begun.cookie } });
    expect(await refusalOf(late)).toMatchObject({ reason: 'unreachable', providerName: 'Acme' });
  });

  test('a reference nobody was given tells nothing', async () => {
    for (const reference of [randomUUID(), 'x', '%00']) {
      const answer = await door.send('GET', `/v1/sign-in/refusals/${reference}`);
      expect([400, 404, 422]).toContain(answer.status);
    }
  });
});

describe('settings', () => {
  test('a provider is offered when it is switched on, and never shows its secret', async () => {
    await settings({}, false);
    const offered = await door.send('GET', '/v1/sign-in/providers');
    expect(offered.at('providers')).toEqual([{ id: 'other', name: 'Other' }]);
    expect(placeOf((await begin()).answer).search).toBe('?problem=gone&to=%2Fe%2Fservice%3Fq%3D1');
    const known = await door.call('GET', '/v1/sign-in/settings');
    expect(known.list('providers').map(({ id, enabled }) => [id, enabled])).toEqual([
      ['oidc', false],
      ['other', true],
    ]);
    expect(JSON.stringify(known.body)).not.toContain('never shown');
    expect(JSON.stringify(known.body)).not.toContain(client.clientSecret);
  });

  test('a mapping that is none is refused with every problem', async () => {
    const answer = await settings({ teams: 'no star', emailDomains: ['@example.org'], shoe: 1 });
    expect(answer.status).toBe(422);
    expect(answer.list('problems')).toHaveLength(3);
    expect((await settings({}, true, 'nobody')).status).toBe(404);
  });

  test('an administrator tries a provider that is off: nobody is signed in, and they see the claims', async () => {
    await settings({ requiredGroups: ['x'] }, false);
    const session = sessionOf(await door.send('POST', '/v1/session', { body: admin }));
    const begun = await door.send('GET', '/v1/sign-in/providers/oidc/try', { headers: { cookie: session } });
    const back = await idp.visit(placeOf(begun).href, 'ada');
    const cookie = [...jar(begun), session].join('; ');
    const path = back.pathname + back.search;
    const stranger = await door.send('GET', path, { headers: { cookie: jar(begun).join('; ') } });
    expect(placeOf(stranger).searchParams.get('problem')).toBe('lost');
    const answer = await door.send('GET', path, { headers: { cookie } });
    expect(answer.headers.location).toBe('/sign-in/done');
    expect(sessionOf(answer)).toBe('');
    expect(await lastAttempt()).toMatchObject({
      isTrial: true,
      reason: 'not_allowed',
      claims: { email: 'Ada@Example.org' },
    });
    expect((await door.send('GET', '/v1/sign-in/providers/oidc/try')).status).toBe(401);
  });
});
