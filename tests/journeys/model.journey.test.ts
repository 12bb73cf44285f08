import { createBlueprint, createEntity, getBlueprint, getEntity } from '@gantry/contract';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriers, focusedName, overflows, useStage } from './harness.ts';

const stage = useStage();

beforeAll(async () => {
  const text = { type: 'string' as const };
  const schema = { properties: { tier: { ...text, title: 'Tier' }, language: { ...text, title: 'Language' } } };
  await stage.api.call(createBlueprint, { query: {}, body: { identifier: 'system', title: 'System' } });
  await stage.api.call(createBlueprint, {
    query: {},
    body: {
      identifier: 'service',
      title: 'Service',
      schema,
      relations: { system: { target: 'system', title: 'System' } },
    },
  });
  for (const [identifier, tier] of [
    ['checkout', '1'],
    ['cart', null],
    ['search', null],
  ] as const) {
    const body = { identifier, title: identifier, properties: { tier, language: 'Go' } };
    await stage.api.call(createEntity, { params: { blueprint: 'service' }, query: {}, body });
  }
});

afterEach(() => stage.closePages());

const definition = async (blueprint: string) =>
  (await stage.api.call(getBlueprint, { params: { blueprint }, query: {} })).blueprint;

/** Tab until the focus is on something of that name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    await page.keyboard.press('Tab');
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`The Tab key does not reach ${name}.`);
}

/** As a person would. `fill` makes Chromium carry the looks of the replaced text over, which the content security policy forbids. */
async function retype(editor: Locator, text: string): Promise<void> {
  await editor.press('Control+a');
  await editor.press('Delete');
  await editor.page().keyboard.insertText(text);
}

describe('a new blueprint', () => {
  test('DM-1 is made with five properties and a relation by keyboard alone', async () => {
    const page = await stage.open('/build/model');
    await page.getByRole('group', { name: /^Service: / }).waitFor();
    await tabTo(page, /^New blueprint$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New blueprint' }).waitFor();
    await page.keyboard.type('Load balancer');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Load balancer' }).waitFor();
    for (const title of ['Vendor', 'Region', 'Address', 'Notes', 'Ports']) {
      await tabTo(page, /^Add property$/);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'New property' }).waitFor();
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: new RegExp(`^${title}`) }).waitFor();
    }
    await tabTo(page, /^Relations$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Add relation$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New relation' }).waitFor();
    await page.keyboard.type('Serves');
    await tabTo(page, /^Points at/);
    await page.keyboard.type('Serv');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: /^Serves/ }).waitFor();
    await tabTo(page, /^Review and create…$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Create Load balancer' }).waitFor();
    await tabTo(page, /^Create$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/build/model/load_balancer*');
    const made = await definition('load_balancer');
    expect(Object.keys(made.schema.properties)).toEqual(['vendor', 'region', 'address', 'notes', 'ports']);
    expect(made.relations).toMatchObject({ serves: { target: 'service', many: false } });
  });
});

describe('an edit', () => {
  test('DM-2 is planned first: making a property required counts the entities without it', async () => {
    const page = await stage.open('/build/model/service');
    await page.getByRole('button', { name: /^Tier/ }).click();
    await page.getByRole('dialog').getByText('Required: an entity cannot be saved without it').click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    const plan = page.getByRole('dialog', { name: 'What changing Service does' });
    await plan.getByText('2 entities', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await plan.getByRole('button', { name: 'Apply', exact: true }).click();
    await plan.waitFor({ state: 'hidden' });
    expect((await definition('service')).schema.required).toEqual(['tier']);
  });

  test('DM-3 that loses values is applied only after they were ticked', async () => {
    const page = await stage.open('/build/model/service');
    await page.getByRole('button', { name: 'More for Language' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    const plan = page.getByRole('dialog', { name: 'What changing Service does' });
    await plan.getByRole('checkbox').waitFor();
    expect(await plan.getByRole('button', { name: 'Apply', exact: true }).isDisabled()).toBe(true);
    await plan.getByRole('checkbox').check();
    await plan.getByRole('button', { name: 'Apply', exact: true }).click();
    await plan.waitFor({ state: 'hidden' });
    expect((await definition('service')).schema.properties).not.toHaveProperty('language');
  });

  test('DM-5 in the form and as JSON is the same document to the byte', async () => {
    const page = await stage.open('/build/model/system?tab=json');
    const json = page.getByRole('textbox', { name: /The blueprint as JSON/ });
    await json.waitFor();
    const shown = async () => (await json.locator('.cm-line').allTextContents()).join('\n');
    await page.getByRole('link', { name: 'Properties' }).click();
    await page.getByRole('button', { name: 'Add property' }).click();
    await page.getByRole('dialog').getByLabel('Title', { exact: true }).fill('Stage');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'JSON' }).click();
    await json.waitFor();
    const patience = { timeout: 10_000 };
    const properties = async () => JSON.parse(await shown()).schema.properties;
    await expect.poll(properties, patience).toEqual({ stage: { type: 'string', title: 'Stage' } });
    const fromForm = await shown();
    await retype(json, JSON.stringify(JSON.parse(fromForm)));
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.poll(shown, patience).toBe(fromForm);
    await retype(json, '{"identifier": ');
    await page.getByText('The JSON cannot be read; fix it before going on.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('DM-6 a property is renamed and its values follow', async () => {
    const page = await stage.open('/build/model/service');
    await page.getByRole('button', { name: 'More for Tier' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog', { name: 'Rename “tier”' }).getByLabel('Key').fill('rank');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByText('Renamed to rank.').waitFor();
    const params = { blueprint: 'service', entity: 'checkout' };
    const { entity } = await stage.api.call(getEntity, { params, query: {} });
    expect(entity.properties).toEqual({ rank: '1' });
  });

  test('DM-7 is kept back when somebody else was faster', async () => {
    const page = await stage.open('/build/model/system');
    await page.getByRole('button', { name: 'Add property' }).click();
    await page.getByRole('dialog').getByLabel('Title', { exact: true }).fill('Mine');
    await page.getByRole('button', { name: 'Done' }).click();
    await stage.api.call(createBlueprint, { query: {}, body: { identifier: 'noise', title: 'Noise' } });
    await page.getByText('1 unsaved change').waitFor();
    const other = await stage.open('/build/model/system');
    await other.getByRole('button', { name: 'Add property' }).click();
    await other.getByRole('dialog').getByLabel('Title', { exact: true }).fill('Theirs');
    await other.getByRole('button', { name: 'Done' }).click();
    await other.getByRole('button', { name: 'Review and apply…' }).click();
    await other.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('Somebody else changed this blueprint while you were editing.').waitFor();
    await page.getByRole('button', { name: 'Discard mine and start from theirs' }).click();
    await page.getByRole('button', { name: /^Theirs/ }).waitFor();
  });
});

describe('deleting', () => {
  test('DM-8 says which relations stand in the way, and takes the entities along with progress', async () => {
    const page = await stage.open('/build/model/system');
    await page.getByRole('button', { name: 'More for System' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const blocked = page.getByRole('dialog', { name: 'Delete System' });
    await blocked.getByRole('link', { name: 'Service' }).waitFor();
    expect(await blocked.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await blocked.getByRole('button', { name: 'Cancel' }).click();

    await stage.api.call(createBlueprint, { query: {}, body: { identifier: 'lamp', title: 'Lamp' } });
    for (const identifier of ['one', 'two']) {
      await stage.api.call(createEntity, { params: { blueprint: 'lamp' }, query: {}, body: { identifier } });
    }
    await page.goto(`${stage.url}/build/model/lamp`);
    await page.getByRole('link', { name: '2 entities' }).waitFor();
    await page.getByRole('button', { name: 'More for Lamp' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Lamp' });
    await dialog.getByLabel('Type lamp to confirm').fill('lamp');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Lamp is deleted.').waitFor();
    await page.waitForURL('**/build/model');
  });
});

describe('built-in blueprints', () => {
  test('DM-9 can be extended, and their built-in parts are read-only', async () => {
    const page = await stage.open('/build/model/_user');
    const status = page.getByRole('button', { name: /^Status/ });
    await status.waitFor();
    await page.getByText('Built in', { exact: true }).nth(1).waitFor();
    expect(await status.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Add property' }).waitFor();
  });
});

describe.each(['light', 'dark'] as const)('A11Y-1 in the %s theme', (theme) => {
  test.each([
    '',
    '?view=canvas',
    '?view=list',
    '/service',
    '/service?tab=relations',
    '/service?tab=derived',
    '/service?tab=json',
  ])('the data model%s keeps nobody out', async (place) => {
    for (const width of [1440, 390]) {
      const page = await stage.open(`/build/model${place}`, { theme, width });
      const canvas = page.getByRole('group', { name: /^System: / });
      const list = page
        .getByRole('cell', { name: 'system', exact: true })
        .or(page.getByRole('cell', { name: 'System' }));
      // Asked for nothing, a phone lists what a wide window draws.
      const shown = { '': width < 768 ? list : canvas, '?view=canvas': canvas, '?view=list': list }[place];
      await (shown ?? page.getByRole('heading', { level: 2, name: 'Service' })).first().waitFor();
      if (place.endsWith('json')) await page.getByRole('textbox', { name: /as JSON/ }).waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
  });
});
