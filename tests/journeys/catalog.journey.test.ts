import { readFile } from 'node:fs/promises';
import { bulkUpsertEntities, createBlueprint, patchEntity, searchBlueprintEntities } from '@gantry/contract';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { barriers, useStage } from './harness.ts';

const stage = useStage();
const tiers = ['gold', 'silver', 'bronze'];
const teams = ['payments', 'platform'];

beforeAll(async () => {
  await stage.api.call(createBlueprint, {
    body: { identifier: 'system', title: 'System', schema: { properties: {}, required: [] } },
  });
  await stage.api.call(createBlueprint, {
    body: {
      identifier: 'service',
      title: 'Service',
      schema: {
        properties: {
          tier: { type: 'string', title: 'Tier', enum: tiers, enumColors: { gold: 'gold' } },
          coverage: { type: 'number', title: 'Coverage' },
          notes: { type: 'string', title: 'Notes', maxLength: 10 },
        },
        required: ['tier'],
      },
      relations: { system: { title: 'System', target: 'system', many: false, required: false } },
    },
  });
  await upsert('system', [{ identifier: 'shop', title: 'Shop' }]);
  await upsert(
    'service',
    Array.from({ length: 240 }, (_, at) => ({
      identifier: `service-${at}`,
      title: `Service ${String(at).padStart(3, '0')}`,
      team: at % 4 === 0 ? [] : [teams[at % 2]],
      properties: { tier: tiers[at % 3], coverage: at % 100 },
      relations: { system: 'shop' },
    })),
  );
});

afterEach(() => stage.closePages());

async function upsert(blueprint: string, entities: object[]): Promise<void> {
  await stage.api.call(bulkUpsertEntities, { params: { blueprint }, query: { upsert: 'true' }, body: { entities } });
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Service: entities' });
const titles = async (page: Page) =>
  (
    await grid(page)
      .getByRole('link', { name: /^Service \d/ })
      .allTextContents()
  ).slice(0, 3);
const total = (page: Page) => page.getByRole('status').filter({ hasText: /rows?$/ });

/** The table with nothing chosen, sorted so that its order is known. */
async function openTable(search = '?sort=%24title', options?: Parameters<typeof stage.open>[1]): Promise<Page> {
  const page = await stage.open(`/e/service${search}`, options);
  await grid(page).getByRole('link').first().waitFor();
  return page;
}

test('TB-1 filter, sort, group and a hidden column are in the URL, and a clean session shows the same', async () => {
  const page = await openTable();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Filter' });
  await form.getByRole('combobox', { name: 'Property' }).click();
  await page.getByRole('option', { name: 'Tier' }).click();
  await form.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'gold' }).click();
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('80 of 240').waitFor();

  await grid(page).getByRole('columnheader', { name: 'Coverage' }).click();
  await grid(page).getByRole('columnheader', { name: 'Coverage' }).click();
  expect(await grid(page).getByRole('columnheader', { name: 'Coverage' }).getAttribute('aria-sort')).toBe('descending');

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Notes' }).click();
  await page.keyboard.press('Escape');
  await grid(page).getByRole('columnheader', { name: 'Notes' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Group' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Owning teams' }).click();
  const payments = grid(page).getByRole('row', { name: /payments/ });
  await payments.click();
  await grid(page)
    .getByRole('link', { name: /^Service \d/ })
    .first()
    .waitFor();

  const other = await stage.open(page.url().slice(stage.url.length));
  await other.getByText('80 of 240').waitFor();
  await grid(other)
    .getByRole('row', { name: /payments/ })
    .click();
  await grid(other)
    .getByRole('link', { name: /^Service \d/ })
    .first()
    .waitFor();
  expect(await titles(other)).toEqual(await titles(page));
  const heads = (each: Page) => grid(each).getByRole('columnheader').allTextContents();
  expect(await heads(other)).toEqual(await heads(page));
});

test('TB-3 what is selected by its filter is counted before it is deleted, and Undo brings it back', async () => {
  const names = ['one', 'two', 'three', 'kept'];
  await upsert(
    'system',
    names.map((name) => ({ identifier: name, title: name === 'kept' ? 'Kept' : `Doomed ${name}` })),
  );
  const page = await stage.open('/e/system?q=doomed');
  const systems = page.getByRole('grid', { name: 'System: entities' });
  await systems.getByRole('checkbox', { name: 'Select Doomed one' }).click();
  await page.getByRole('button', { name: 'Select all 3 matching' }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 3 system?' });
  await dialog.getByRole('button', { name: 'Delete 3' }).click();
  await page.getByText('3 deleted.').waitFor();
  await page.getByText(/^0 of \d+ match$/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('3 restored.').waitFor();
  await systems.getByRole('link', { name: 'Doomed two' }).waitFor();
});

test('TB-4 a change made elsewhere appears without reload, and neither scroll nor selection is lost', async () => {
  const page = await openTable();
  await grid(page).getByRole('checkbox', { name: 'Select Service 001' }).click();
  await grid(page).evaluate((element) => element.scrollTo(0, 200));
  await grid(page).getByRole('link', { name: 'Service 009' }).waitFor();
  await stage.api.call(patchEntity, {
    params: { blueprint: 'service', entity: 'service-9' },
    query: {},
    body: { title: 'Service 009 renamed' },
  });
  await grid(page).getByRole('link', { name: 'Service 009 renamed' }).waitFor({ timeout: 10_000 });
  expect(await grid(page).evaluate((element) => element.scrollTop)).toBe(200);
  await page.getByText('1 selected').first().waitFor();
});

test('TB-5 arrow keys reach every cell, and axe finds no barrier in either theme', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await openTable(undefined, { theme });
    expect(await barriers(page)).toEqual([]);
  }
  const page = await openTable();
  await grid(page).getByRole('columnheader', { name: 'Title' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const focused = () => page.locator(':focus');
  expect(await focused().textContent()).toBe('Service 001');
  await page.keyboard.press('ArrowRight');
  expect(await focused().textContent()).toBe('silver');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.getByText('1 selected').first().waitFor();
  await page.keyboard.press('Control+End');
  await grid(page).getByRole('link', { name: 'Service 239' }).waitFor();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Service 000' }).waitFor();
  expect(new URL(page.url()).searchParams.get('entity')).toBe('service-0');
});

test('TB-6 an export equals what the API answers to the same query', async () => {
  const page = await openTable('?sort=%24title&q=service%2001');
  await page.getByRole('button', { name: 'Table options', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export visible columns as JSON' }).click(),
  ]);
  const saved: { $title: string; tier: string }[] = JSON.parse(await readFile(await download.path(), 'utf8'));
  const { entities } = await stage.api.call(searchBlueprintEntities, {
    params: { blueprint: 'service' },
    query: {},
    body: { search: 'service 01', sort: [{ property: '$title' }] },
  });
  expect(saved.map(({ $title, tier }) => [$title, tier])).toEqual(
    entities.map((entity) => [entity.title, entity.properties.tier]),
  );
});

test('TB-7 quick search asks once for a word typed at a go, and shows the last answer', async () => {
  const page = await openTable();
  const asked: string[] = [];
  page.on('request', (request) => {
    const body = request.postDataJSON() as { search?: string; limit?: number } | null;
    if (request.url().endsWith('/entities/search?attach_title_to_relation=true') && body?.search)
      asked.push(body.search);
  });
  await page.getByRole('searchbox', { name: 'Search Service' }).pressSequentially('service 231', { delay: 20 });
  await page.getByText('1 of 240').waitFor();
  expect(new Set(asked)).toEqual(new Set(['service 231']));
  await total(page).filter({ hasText: '1 row' }).waitFor({ state: 'attached' });
});

test('TB-8 a view is saved under a name and is a tab afterwards', async () => {
  const page = await openTable('?sort=-coverage');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save view' });
  await dialog.getByLabel('Name').fill('Best covered');
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Best covered' }).waitFor();
  const later = await openTable('');
  await later.getByRole('link', { name: 'Best covered' }).click();
  expect(await grid(later).getByRole('columnheader', { name: 'Coverage' }).getAttribute('aria-sort')).toBe(
    'descending',
  );
});

test('a bar of the summary row filters, and a pill takes the filter away again', async () => {
  const page = await openTable();
  await page.getByRole('button', { name: /^bronze: 80/ }).click();
  await page.getByText('80 of 240').waitFor();
  await page.getByRole('button', { name: 'Remove filter Tier is bronze' }).click();
  await page.getByText('80 of 240').waitFor({ state: 'detached' });
});

test('a filter is one thing as a form and as code', async () => {
  const page = await openTable(
    '?panel=filter&filter=' +
      encodeURIComponent(
        JSON.stringify({ combinator: 'and', rules: [{ property: 'tier', operator: '=', value: 'gold' }] }),
      ),
  );
  const panel = page.getByRole('region', { name: 'Filter' }).last();
  await panel.getByText('"gold"').waitFor();
  await panel.getByRole('button', { name: 'Remove filter Tier is gold' }).click();
  await page.getByText('80 of 240').waitFor({ state: 'detached' });
  await panel.getByText('"rules": []').waitFor();
});

test('FM-4 EE-1 a new entity: the identifier follows the title, and refusals stand at their fields', async () => {
  const page = await stage.open('/new/service');
  await page.getByLabel('Title').fill('Service 001');
  await page.getByLabel('Identifier').fill('service-1');
  await page.getByLabel('Identifier').blur();
  await page.getByText('There is already one called service-1.').first().waitFor();
  await page.getByLabel('Identifier').fill('');
  await page.getByLabel('Title').fill('Brand new');
  expect(await page.getByLabel('Identifier').inputValue()).toBe('brand-new');
  await page.getByRole('combobox', { name: 'Tier' }).click();
  await page.getByRole('option', { name: 'gold' }).click();
  await page.getByLabel('Notes').fill('longer than ten characters');
  await page.getByRole('button', { name: 'Create service' }).click();
  await page.getByRole('link', { name: /^Notes:/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Notes').fill('short');
  await page.getByRole('button', { name: 'Create service' }).click();
  await page.getByRole('heading', { level: 1, name: 'Brand new' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/e/service/brand-new');
});

test('SH-1 the palette finds an entity by three letters and opens it by keyboard', async () => {
  await upsert('system', [{ identifier: 'quokka', title: 'Quokka' }]);
  const page = await openTable();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('quo');
  await page.getByRole('option', { name: /^Quokka/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Quokka' }).waitFor();
});

test('the trash gives back what was deleted', async () => {
  await upsert('system', [{ identifier: 'lost', title: 'Lost and found' }]);
  const page = await stage.open('/e/system?q=lost');
  await page.getByRole('button', { name: 'Table options: Lost and found' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete 1' }).click();
  await page.getByText('1 deleted.').waitFor();
  await page.goto(`${stage.url}/settings/trash`);
  await page.getByRole('button', { name: 'Restore Lost and found', exact: true }).click();
  await page.getByText('Lost and found is back.').waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('under 768 pixels the rows are cards', async () => {
  const page = await stage.open('/e/service?sort=%24title', { width: 390, height: 844 });
  await page.getByRole('list', { name: 'Service: entities' }).getByRole('link', { name: 'Service 000' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});
