import { createBlueprint, createEntity, putSignInSettings } from '@gantry/contract';
import { type ClaimMapping, defaultClaimMapping } from '@gantry/core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client, IdentityProvider } from '../identity-provider.ts';
import { admin, barriers, overflows, useStage } from './harness.ts';

const idp = await IdentityProvider.start();
afterAll(() => idp.stop());

const stage = useStage({
  GANTRY_OIDC_ISSUER: idp.issuer,
  GANTRY_OIDC_CLIENT_ID: client.clientId,
  GANTRY_OIDC_CLIENT_SECRET: client.clientSecret,
  GANTRY_OIDC_NAME: 'Acme',
});

const usual = { ...defaultClaimMapping, scopes: ['profile', 'email', 'groups'], adminGroups: ['devs'] };
const decide = (mapping: Partial<ClaimMapping> = {}, enabled = true) =>
  stage.api.call(putSignInSettings, {
    params: { provider: 'oidc' },
    body: { enabled, mapping: { ...usual, ...mapping } },
  });

const ada = { email: 'ada@example.test', email_verified: true, name: 'Ada Lovelace', groups: ['devs', 'team-pay'] };

beforeAll(async () => {
  await stage.api.call(createBlueprint, { body: { identifier: 'service', title: 'Service' } });
  const body = { identifier: 'checkout', title: 'Checkout' };
  await stage.api.call(createEntity, { params: { blueprint: 'service' }, query: {}, body });
});
beforeEach(async () => {
  idp.people.set('ada', ada);
  await decide();
});
afterEach(async () => {
  idp.tamper = undefined;
  idp.isAway = false;
  // Leaving for the provider is the point of these journeys.
  stage.forgive(new RegExp(`left the origin: ${idp.issuer}`));
  await stage.closePages();
});

const deepLink = '/e/service?q=check';
const withAcme = (page: Page) => page.getByRole('link', { name: 'Sign in with Acme' });
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

async function leaveForAcme(page: Page, name = 'ada'): Promise<void> {
  await withAcme(page).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signIn(path = deepLink): Promise<Page> {
  const page = await stage.open(path, { signedIn: false });
  await leaveForAcme(page);
  return page;
}

test('SI-1 a deep link survives signing in with a provider', async () => {
  const page = await stage.open(deepLink, { signedIn: false });
  await withAcme(page).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await page.getByLabel('Password').count()).toBe(0);
  await leaveForAcme(page);
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
  expect(page.url()).toBe(`${stage.url}${deepLink}`);
  await page.getByRole('button', { name: 'Account of ada@example.test' }).waitFor();
});

test('SI-2 a wrong group shows the person which one is needed, whom to ask and what to quote', async () => {
  await decide({ requiredGroups: ['gantry-users'], contact: 'it@example.test' });
  const page = await signIn();
  const notice = page.getByRole('alert');
  await notice.getByText('groups does not hold gantry-users').waitFor();
  await notice.getByText('Whom to ask: it@example.test').waitFor();
  expect(await notice.textContent()).not.toContain('team-pay');
  expect(await barriers(page)).toEqual([]);
  const reference = await notice.locator('code').last().textContent();

  const settings = await stage.open('/settings/sign-in', { width: 390 });
  await settings.getByText(`Reference ${reference}`).waitFor();
  await settings.getByText('"team-pay"').waitFor();
  expect(await overflows(settings)).toBe(false);

  await decide();
  await leaveForAcme(page);
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
  expect(page.url()).toBe(`${stage.url}${deepLink}`);
});

test('SI-3 with a provider, the password form is behind a link, and password managers fill it', async () => {
  const page = await stage.open(deepLink, { signedIn: false });
  await page.getByRole('button', { name: 'Sign in with a password' }).click();
  const [email, password] = [page.getByLabel('E-mail'), page.getByLabel('Password')];
  expect(await email.getAttribute('autocomplete')).toBe('username');
  expect(await password.getAttribute('autocomplete')).toBe('current-password');
  await email.fill(admin.email);
  await password.fill(admin.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
});

test('a provider that is down is named, and the other ways are there', async () => {
  idp.isAway = true;
  const page = await stage.open(deepLink, { signedIn: false });
  await withAcme(page).click();
  await page.getByText('Acme does not answer just now.').waitFor();
  await page.getByRole('button', { name: 'Sign in with a password' }).waitFor();
  idp.isAway = false;
  await leaveForAcme(page);
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
});

test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
  ['for another audience', (claims) => ({ ...claims, aud: 'somebody-else' })],
  ['that has expired', (claims) => ({ ...claims, exp: seconds(-60) })],
  ['by a clock minutes ahead', (claims) => ({ ...claims, nbf: seconds(120) })],
])('a token %s lets nobody in, and says so', async (_, change) => {
  idp.tamper = (claims) => ({ claims: change(claims) });
  const page = await signIn();
  await page.getByText('What Acme answered could not be verified').waitFor();
  await withAcme(page).waitFor();
});

test('a clock seconds ahead does not matter', async () => {
  idp.tamper = (claims) => ({ claims: { ...claims, iat: seconds(15), nbf: seconds(15) } });
  const page = await signIn();
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
});

test('a missing claim is named', async () => {
  idp.people.set('ada', { name: 'Ada' });
  const page = await signIn();
  await page.getByText('email is missing: it must hold your e-mail address').waitFor();
  await page.getByText('Ask an administrator of this Gantry.').waitFor();
});

test('a code that was used is worth nothing, in this browser or another', async () => {
  const page = await stage.open('/sign-in', { signedIn: false });
  const returned = page.waitForRequest(/callback\?code=/);
  await leaveForAcme(page);
  const callback = (await returned).url();
  await page.getByRole('button', { name: /Account of ada/ }).waitFor();
  const other = await stage.open('/sign-in', { signedIn: false });
  for (const each of [page, other]) {
    await each.goto(callback);
    await each.getByText('This sign-in was not begun in this browser').waitFor();
  }
});

test('an administrator sees what the mapping makes of the claims before switching a provider on', async () => {
  await decide({}, false);
  const page = await stage.open('/settings/sign-in');
  await page.getByRole('heading', { name: 'Acme Off' }).waitFor();
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /Try it/ }).click();
  const trial = await opening;
  await trial.getByLabel('Name').fill('ada');
  await trial.getByRole('button', { name: 'Continue' }).click();
  await trial.getByRole('heading', { name: 'Done' }).waitFor();
  await trial.close();

  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('Would be let in').waitFor();
  await preview.getByText('Ada Lovelace, ada@example.test').waitFor();
  await page.getByLabel('Groups that are teams').fill('team-*');
  await preview.getByText('pay', { exact: true }).waitFor();
  await page.getByLabel('E-mail claim').fill('mail');
  await preview.getByText('mail is missing: it must hold your e-mail address').waitFor();
  await page.getByLabel('E-mail claim').fill('email');
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: 'Save and switch on' }).click();
  await page.getByRole('heading', { name: 'Acme On' }).waitFor();
  await signIn();
});

test('when a session ends, another window signs in, and the page goes on as it is', async () => {
  const page = await stage.open('/new/service');
  await page.getByLabel('Title').fill('Half written');
  await page.context().clearCookies();
  await page.evaluate("dispatchEvent(new Event('focus'))");
  await page.getByLabel('Identifier').fill('half');
  await page
    .getByRole('button', { name: /^Create/ })
    .first()
    .click();
  const opening = page.context().waitForEvent('page');
  await withAcme(page).click();
  const window = await opening;
  await window.getByLabel('Name').fill('ada');
  await window.getByRole('button', { name: 'Continue' }).click();
  await window.getByRole('heading', { name: 'Done' }).waitFor();
  await window.close();
  await page.evaluate("dispatchEvent(new Event('focus'))");
  await page.getByText('Your session has ended').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Title').inputValue()).toBe('Half written');
});
