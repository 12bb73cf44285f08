import { loadDemo } from '@gantry/contract';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriers, overflows, useStage } from './harness.ts';

const stage = useStage();
const node = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const nodes = (page: Page) => page.locator('[aria-roledescription="node"]');

beforeAll(async () => {
  await stage.api.call(loadDemo);
});

afterEach(() => stage.closePages());

test('GR-0 starts from an entity that is searched for', async () => {
  const page = await stage.open('/graph');
  await page.getByRole('searchbox', { name: 'Search entities' }).fill('checkot');
  await page.getByRole('button', { name: /Checkout\s*Service/ }).click();
  await node(page, 'Checkout, Service').waitFor();
  expect(new URL(page.url()).searchParams.get('root')).toBe('service/checkout');
});

test('GR-1 draws hundreds of nodes, every relation laid out in a worker', async () => {
  const page = await stage.open('/graph?root=service%2Fcheckout&depth=5');
  await node(page, 'Checkout, Service').waitFor();
  const drawn = await nodes(page).count();
  expect(drawn).toBeGreaterThan(200);
  const worker = page.waitForEvent('worker');
  await page.getByText('Draw every relation').click();
  expect((await worker).url()).toContain('elk-worker');
  await expect.poll(() => nodes(page).count(), { timeout: 20_000 }).toBe(drawn);
});

test('GR-2 the list offers every action of the canvas', async () => {
  const page = await stage.open('/graph?root=service%2Fcheckout');
  await node(page, 'Payments, Service').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Payments' });
  await panel.getByRole('button', { name: 'Start from here' }).waitFor();
  await panel.getByRole('button', { name: 'Hide all of Service' }).waitFor();
  await panel.getByRole('link', { name: 'Open' }).waitFor();

  await page.getByText('List', { exact: true }).click();
  await page.getByRole('link', { name: 'Payments', exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Actions for Payments', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hide all of Service' }).waitFor();
  await page.getByRole('menuitem', { name: 'Start from here' }).click();
  await page.getByRole('heading', { level: 1, name: /Payments/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: /Checkout/ }).waitFor();
});

test('GR-3 the URL restores root, depth, direction, hidden types and the selected node', async () => {
  const page = await stage.open('/graph?root=service%2Fcheckout');
  await node(page, 'Checkout, Service').waitFor();
  await page.getByText('Outgoing', { exact: true }).click();
  await page.getByText('2', { exact: true }).first().click();
  const types = page.getByRole('complementary', { name: 'Types in the graph' });
  await types.getByText('Library', { exact: true }).click();
  await expect.poll(() => new URL(page.url()).search, { timeout: 10_000 }).toContain('hide=library');
  const before = await nodes(page).count();

  const again = await stage.open(page.url().slice(stage.url.length));
  await node(again, 'Checkout, Service').waitFor();
  expect(await nodes(again).count()).toBe(before);
  expect(await again.getByRole('radio', { name: 'Outgoing' }).isChecked()).toBe(true);
  expect(await again.getByRole('checkbox', { name: 'Library' }).isChecked()).toBe(false);
  expect(await node(again, 'tide-money, Library').count()).toBe(0);
});

test('GR-4 leaves as an SVG, a PNG and Mermaid', async () => {
  const page = await stage.open('/graph?root=service%2Fcheckout');
  await node(page, 'Checkout, Service').waitFor();
  for (const [item, name] of [
    ['SVG picture', 'checkout.svg'],
    ['PNG picture', 'checkout.png'],
    ['Mermaid text', 'checkout.mmd'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    expect((await download).suggestedFilename()).toBe(name);
  }
});

describe.each(['light', 'dark'] as const)('A11Y-1 in the %s theme', (theme) => {
  test.each(['canvas', 'list'] as const)('the explorer as a %s keeps nobody out', async (view) => {
    for (const width of [1440, 390]) {
      const search = view === 'list' ? '&view=list' : '';
      const page = await stage.open(`/graph?root=service%2Fcheckout${search}`, { theme, width });
      await page.getByText('Payments', { exact: true }).first().waitFor({ state: 'attached' });
      expect(await barriers(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
  });
});
