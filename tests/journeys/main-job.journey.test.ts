import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { barriers, credentials, useStage } from './harness.ts';

const stage = useStage();
const folder = mkdtempSync(join(tmpdir(), 'gantry-bookshop-'));
const run = promisify(execFile);

afterEach(() => stage.closePages());
afterAll(() => rmSync(folder, { recursive: true }));

/** What somebody types in a terminal beside the browser. */
async function gantryImport(path: string): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    GANTRY_BASE_URL: stage.url,
    GANTRY_CLIENT_ID: credentials.clientId,
    GANTRY_CLIENT_SECRET: credentials.clientSecret,
  };
  try {
    const { stdout } = await run(process.execPath, ['packages/cli/bin/gantry.mjs', 'import', path], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, said: stdout };
  }
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

test('from an empty install to the dependencies of one’s own services', async () => {
  cpSync('examples/bookshop', folder, { recursive: true });
  writeFileSync(
    join(folder, 'payments', 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: not a name\nspec: {}\n',
  );

  const page = await stage.open('/');
  await heading(page, 'Welcome to Gantry');
  const { code, said } = await gantryImport(folder);
  expect(code).toBe(1);
  expect(said).toMatch(/took 15 entities/);
  expect(said).toMatch(/payments\/catalog-info\.yaml:4 \(document 1\)/);

  // The page moves on by itself.
  await page
    .getByRole('navigation', { name: 'Blueprints' })
    .getByRole('link', { name: /Component/ })
    .click();
  await heading(page, 'Component');
  const table = page.getByRole('grid', { name: 'Component: entities' });
  await table.getByRole('link', { name: 'Orders', exact: true }).waitFor();

  await page.getByPlaceholder('Search Component').fill('deliver');
  await table.getByRole('link', { name: 'Cart', exact: true }).waitFor({ state: 'detached' });
  await table.getByRole('columnheader', { name: 'Title' }).click();
  await page.waitForURL(/sort=/);
  await table.getByRole('link', { name: 'Orders', exact: true }).click();

  await heading(page, 'Orders');
  await page.getByText('Takes an order from paid to delivered').first().waitFor();
  await page.getByRole('link', { name: 'Orders database' }).first().click();
  await heading(page, 'Orders database');

  await page.goto(`${stage.url}/graph?root=component%2Forders`);
  await page.getByText('Orders API').first().waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('shopfrontend');
  await page
    .getByRole('option', { name: /Shop frontend/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await heading(page, 'Shop frontend');

  await page.goto(`${stage.url}/build/sources`);
  await page
    .getByText(/payments\/catalog-info\.yaml/)
    .first()
    .waitFor();
});

const pages: readonly [string, string][] = [
  ['/', 'Hello'],
  ['/catalog', 'Catalog'],
  ['/e/component', 'Component'],
  ['/e/component/orders', 'Orders'],
  ['/e/component/orders/relations', 'Orders'],
  ['/e/component/orders/activity', 'Orders'],
  ['/e/component/orders/source', 'Orders'],
  ['/e/api/orders-api/api', 'Orders API'],
  ['/graph?root=component%2Forders', 'Dependencies'],
  ['/build/model', 'Data model'],
  ['/build/model/component', 'Component'],
  ['/build/sources', 'Data sources'],
  ['/search?q=order', 'Search'],
  ['/settings/trash', 'Trash'],
  ['/settings/preferences', 'Preferences'],
];

for (const theme of ['light', 'dark'] as const) {
  test.each(pages)(`A11Y-1 %s keeps nobody out, ${theme}`, async (path, title) => {
    const page = await stage.open(path, { theme });
    await page.getByRole('heading', { name: title }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });
}

test.each(pages)('SH-5 %s fits a phone', async (path, title) => {
  const page = await stage.open(path, { width: 390, height: 844 });
  await page.getByRole('heading', { name: title }).first().waitFor();
  const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect(await overflow()).toBeLessThanOrEqual(0);
});
