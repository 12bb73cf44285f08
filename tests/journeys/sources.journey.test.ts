import { createImport, getDemo, getEntity } from '@gantry/contract';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriers, overflows, useStage } from './harness.ts';

const stage = useStage();

const component = (name: string) =>
  [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: service',
    '  lifecycle: production',
    '  owner: team-a',
  ].join('\n');
const broken = component('"not a name!"');

/** The same root again is a refresh: what is not among the files any more is missing. */
async function bring(files: Record<string, string>): Promise<void> {
  await stage.api.call(createImport, {
    query: {},
    body: {
      root: 'file:/home/dana/catalog',
      base: 'file:/home/dana/catalog/',
      entries: Object.keys(files),
      files: Object.entries(files).map(([path, text]) => ({ path, text })),
    },
  });
}

beforeAll(async () => {
  await bring({
    'shop/catalog-info.yaml': component('shop'),
    'cart/catalog-info.yaml': component('cart'),
    'legacy/catalog-info.yaml': broken,
  });
});

afterEach(() => stage.closePages());

test('DS-1 a broken document is listed with its file, line and reason, and can be searched for', async () => {
  const page = await stage.open('/build/sources');
  await page.getByRole('heading', { name: 'file:/home/dana/catalog' }).waitFor();
  await page.getByText('2 entities').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'legacy/catalog-info.yaml' }).first();
  await row
    .getByText(/metadata\.name/)
    .first()
    .waitFor();
  await row.getByText(/line \d+/).waitFor();
  await page.getByRole('searchbox', { name: 'Filter problems' }).fill('nothing like it');
  await page.getByText('No problem matches.').waitFor();
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await row.waitFor();
});

test('DS-2 what vanished from a source is kept until somebody confirms', async () => {
  const page = await stage.open('/build/sources');
  await page.getByText('2 entities').waitFor();
  await bring({ 'shop/catalog-info.yaml': component('shop') });
  await page.getByText('1 entity is no longer in this source.').waitFor();
  await page.getByRole('button', { name: 'Review…' }).click();
  const dialog = page.getByRole('dialog', { name: 'No longer in the source' });
  await dialog.getByRole('link', { name: /cart/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Move to trash' }).click();
  await page.getByText('1 entity is in the trash.').waitFor();
  await page.getByText('1 entity is no longer in this source.').waitFor({ state: 'hidden' });
});

test('DS-5 an address inside the own network is refused with the reason', async () => {
  const page = await stage.open('/build/sources');
  await page.getByRole('button', { name: 'Register a URL' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register a URL' });
  await dialog.getByLabel('Address').fill('http://127.0.0.1/catalog-info.yaml');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await dialog
    .getByText(/target|address|URL/i)
    .nth(2)
    .waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  stage.forgive(/422/);
});

test('OB-4 the demo organization comes and goes with one press', async () => {
  const page = await stage.open('/build/sources');
  await page.getByRole('button', { name: 'Load the demo organization' }).click();
  await page.getByText(/\d+ entities of it are in the catalog\./).waitFor();
  await page.getByRole('button', { name: 'Remove the demo organization' }).click();
  await page.getByRole('button', { name: 'Load the demo organization' }).waitFor();
  expect((await stage.api.call(getDemo)).demo).toEqual({ loaded: false, entities: 0 });
});

test('DS-6 removing a source keeps its entities unless told otherwise', async () => {
  const page = await stage.open('/build/sources');
  await page.getByRole('button', { name: 'More for file:/home/dana/catalog' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove this source' });
  await dialog.getByRole('checkbox').waitFor();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('heading', { name: 'No sources yet' }).waitFor();
  const params = { blueprint: 'component', entity: 'shop' };
  expect((await stage.api.call(getEntity, { params, query: {} })).entity.title).toBe('shop');
});

describe.each(['light', 'dark'] as const)('A11Y-1 in the %s theme', (theme) => {
  test('the page of sources keeps nobody out', async () => {
    await bring({ 'shop/catalog-info.yaml': component('shop'), 'legacy/catalog-info.yaml': broken });
    for (const width of [1440, 390]) {
      const page = await stage.open('/build/sources', { theme, width });
      await page.getByText('legacy/catalog-info.yaml').first().waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
  });
});
