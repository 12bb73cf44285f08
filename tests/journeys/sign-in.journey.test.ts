import { createBlueprint, createEntity } from '@gantry/contract';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { admin, barriers, useStage } from './harness.ts';

const stage = useStage();

beforeAll(async () => {
  await stage.api.call(createBlueprint, { body: { identifier: 'service', title: 'Service' } });
  await stage.api.call(createEntity, {
    params: { blueprint: 'service' },
    query: {},
    body: { identifier: 'checkout', title: 'Checkout' },
  });
});

afterEach(() => stage.closePages());

test('SI-1 a deep link survives sign-in', async () => {
  const page = await stage.open('/e/service?q=check', { signedIn: false });
  await page.getByRole('heading', { level: 1, name: /Sign in to/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Checkout' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/e/service');
  expect(new URL(page.url()).searchParams.get('q')).toBe('check');
});

test('SI-3 the fields are named so that password managers fill them', async () => {
  const page = await stage.open('/sign-in', { signedIn: false });
  expect(await page.getByLabel('E-mail').getAttribute('autocomplete')).toBe('username');
  expect(await page.getByLabel('Password').getAttribute('autocomplete')).toBe('current-password');
});

test('SH-2 the first stop of the Tab key is the skip link', async () => {
  const page = await stage.open('/');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to content');
});

test('SH-6 the theme follows the system, and a choice outlives a reload', async () => {
  const page = await stage.open('/settings/preferences', { theme: 'dark' });
  const theme = () => page.locator('html').getAttribute('data-theme');
  await page.getByRole('heading', { level: 1, name: 'Preferences' }).waitFor();
  expect(await theme()).toBe('dark');
  await page.getByText('Light', { exact: true }).click();
  expect(await theme()).toBe('light');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Preferences' }).waitFor();
  expect(await theme()).toBe('light');
});
