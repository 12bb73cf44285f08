import {
  createBlueprint,
  createEntity,
  deleteEntity,
  getEntity,
  loadDemo,
  patchEntity,
  putEntity,
} from '@gantry/contract';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriers, focusedName, overflows, useStage } from './harness.ts';

const stage = useStage();
const checkout = { blueprint: 'service', entity: 'checkout' };

beforeAll(async () => {
  await stage.api.call(loadDemo);
});

afterEach(() => stage.closePages());

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const patch = (properties: Record<string, unknown>) =>
  stage.api.call(patchEntity, { params: checkout, query: {}, body: { properties } });

describe('the page of an entity', () => {
  test('EP-1 keeps the title of the row that was clicked while the rest is on its way', async () => {
    const page = await stage.open('/e/service');
    const row = page.getByRole('link', { name: 'Checkout', exact: true });
    await row.waitFor();
    await page.route('**/v1/blueprints/service/entities/checkout?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await row.click();
    await title(page, 'Checkout');
    expect(await page.getByRole('heading', { name: 'Details' }).count()).toBe(0);
    await page.getByRole('heading', { name: 'Details' }).waitFor();
  });

  test('EP-2 each tab has its own URL, and back returns to the one before', async () => {
    const page = await stage.open('/e/service/checkout');
    const tabs = page.getByRole('navigation', { name: 'Views of this entity' });
    for (const tab of ['Relations', 'Activity', 'Source', 'JSON']) {
      await tabs.getByRole('link', { name: tab }).click();
      await page.waitForURL(`**/e/service/checkout/${tab.toLowerCase()}`);
    }
    await page.goBack();
    await page.waitForURL('**/e/service/checkout/source');
    await page.getByRole('heading', { name: 'Sources that vouch for it' }).waitFor();
  });

  test('EP-3 says by keyboard where a value comes from', async () => {
    await patch({ tier: 'Tier 2' });
    const page = await stage.open('/e/service/checkout');
    const why = page.getByRole('button', { name: 'Why does Tier say that?' });
    await why.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'Why does Tier say that?' });
    await card.getByText('Where “Tier” comes from').waitFor();
    expect(await card.textContent()).not.toContain('Demo organization');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    expect(await focusedName(page)).toBe('Why does Tier say that?');
  });

  test('EP-6 delete lands in the trash, Undo and Restore bring the relations back', async () => {
    const params = { blueprint: 'incident', entity: 'INC-1389' };
    const before = await stage.api.call(getEntity, { params, query: {} });
    const page = await stage.open('/e/incident/INC-1389');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    await page.waitForURL('**/e/incident');
    await page.getByRole('button', { name: 'Undo' }).click();
    await title(page, before.entity.title);
    const restored = await stage.api.call(getEntity, { params, query: {} });
    expect(restored.entity.relations).toEqual(before.entity.relations);

    await stage.api.call(deleteEntity, { params, query: {} });
    await page.getByRole('heading', { level: 1, name: `${before.entity.title} is in the trash` }).waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await title(page, before.entity.title);
    stage.forgive(/404/);
  });

  test('EP-7 names what cannot be without the entity before anything is deleted', async () => {
    const page = await stage.open('/e/service/cart');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cart is needed by others' });
    await dialog.getByRole('link', { name: 'cart-api' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await title(page, 'Cart');
    stage.forgive(/409/);
  });

  test('EP-8 shows a change made elsewhere without a reload', async () => {
    const page = await stage.open('/e/service/checkout');
    await title(page, 'Checkout');
    const facts = page.locator('dl[aria-label="Key facts"]');
    await facts.getByText('Degraded').or(facts.getByText('Healthy')).first().waitFor();
    await patch({ health: 'Down' });
    await facts.getByText('Down').waitFor();
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByText('Changed Health').first().waitFor();
  });

  test('EP-9 a former name leads to the present one, a wrong one to what was meant', async () => {
    await stage.api.call(createBlueprint, { query: {}, body: { identifier: 'robot', title: 'Robot' } });
    const body = { identifier: 'r2', title: 'Rolling robot' };
    await stage.api.call(createEntity, { params: { blueprint: 'robot' }, query: {}, body });
    const params = { blueprint: 'robot', entity: 'r2' };
    await stage.api.call(putEntity, { params, query: {}, body: { ...body, identifier: 'rolling-robot' } });
    const page = await stage.open('/e/robot/r2');
    await page.waitForURL('**/e/robot/rolling-robot');
    await title(page, 'Rolling robot');
    stage.forgive(/404/);

    await page.goto(`${stage.url}/e/robot/roling-robot`);
    await page.getByRole('heading', { level: 1, name: 'There is no such entity' }).waitFor();
    await page.getByRole('region', { name: 'Did you mean one of these?' }).getByText('Rolling robot').waitFor();
    stage.forgive(/404/);
  });
});

describe('relations', () => {
  test('EP-10 groups neighbours by relation and direction, as a table or a graph', async () => {
    const page = await stage.open('/e/service/checkout/relations');
    await page
      .getByRole('navigation', { name: 'Relations' })
      .getByRole('link', { name: /Depends on points at/ })
      .click();
    await page.getByRole('cell', { name: 'Payments', exact: true }).waitFor();
    await page.getByText('Graph', { exact: true }).click();
    await page.getByRole('group', { name: 'Payments, Service' }).waitFor();
    expect(new URL(page.url()).searchParams.get('view')).toBe('graph');
  });
});

describe('the API tab', () => {
  test('EP-11 lists the operations of the description', async () => {
    const page = await stage.open('/e/service_api/orders-api/api');
    await page.getByText('/orders', { exact: false }).first().waitFor();
    await page.getByText('Raw text').click();
    await page.getByRole('textbox', { name: /Raw text/ }).waitFor();
  });
});

/** Something each tab shows once it has everything. */
const settled = {
  '': 'Runbook',
  '/relations': 'Identifier',
  '/activity': 'Changed',
  '/source': 'Sources that vouch for it',
  '/json': 'Copy JSON',
} as const;

describe.each(['light', 'dark'] as const)('A11Y-1 in the %s theme', (theme) => {
  test.each(Object.entries(settled))('the entity page%s keeps nobody out', async (tab, text) => {
    for (const width of [1440, 390]) {
      const page = await stage.open(`/e/service/checkout${tab}`, { theme, width });
      await title(page, 'Checkout');
      await page.getByText(text).first().waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
  });
});
