import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser, howToGetOne } from '../scripts/find-browser.ts';

const administrator = { email: 'bench@example.com', password: 'only-for-benches' };

/** With these settings the pages of `openPage` are signed in. */
export const administratorSettings = {
  GANTRY_ADMIN_EMAIL: administrator.email,
  GANTRY_ADMIN_PASSWORD: administrator.password,
};

/** Rows of a table, once what they show has arrived. */
export const dataRow = '[role=row][data-index]:not([data-index="-1"]):not([data-loading])';

/** @throws Error that tells how to get a browser */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToGetOne);
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet];
  return chromium.launch({ executablePath, args });
}

/** A page of a fresh profile, signed in, that watches itself (see in-page/watch.js) and has not gone anywhere yet. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: url });
  await context.request.post('/v1/session', { data: administrator });
  await context.addInitScript({ path: join(import.meta.dirname, 'in-page', 'watch.js') });
  return context.newPage();
}
