import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Client, createClient } from '@gantry/client';
import { createAccessToken } from '@gantry/contract';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { findBrowser, howToGetOne } from '../../scripts/find-browser.ts';
import { RunningGantry } from '../running-gantry.ts';

export const credentials = { clientId: 'journeys', clientSecret: 'journeys-secret-of-32-characters' };
export const admin = { email: 'dana@example.test', password: 'correct horse battery staple' };

/** A Gantry of its own with a browser in front of it, for all tests of a file. */
export interface Stage {
  readonly url: string;
  /** The API as a machine, to bring what the journey starts with and to act as somebody else. */
  readonly api: Client;
  /** A page of a new browser profile; everything the page complains about fails the test that `closePages` ends. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  closePages(): Promise<void>;
  /** Complaints like this were the point of the journey, such as a 404 of something that is gone. */
  forgive(complaint: RegExp): void;
}

export interface OpenOptions {
  signedIn?: boolean;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
}

/** Starts Gantry on an empty folder before the file's tests and stops it after them. */
export function useStage(env: NodeJS.ProcessEnv = {}): Stage {
  const dataDir = mkdtempSync(join(tmpdir(), 'gantry-journey-'));
  let gantry: RunningGantry;
  let browser: Browser;
  let api: Client;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    const executablePath = findBrowser();
    if (!executablePath) throw new Error(howToGetOne);
    [gantry, browser] = await Promise.all([
      RunningGantry.start(dataDir, {
        GANTRY_ADMIN_EMAIL: admin.email,
        GANTRY_ADMIN_PASSWORD: admin.password,
        GANTRY_CLIENT_ID: credentials.clientId,
        GANTRY_CLIENT_SECRET: credentials.clientSecret,
        ...env,
      }),
      chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] }),
    ]);
    const { accessToken } = await createClient({ baseUrl: gantry.url }).call(createAccessToken, { body: credentials });
    api = createClient({ baseUrl: gantry.url, headers: () => ({ authorization: `Bearer ${accessToken}` }) });
  });

  afterAll(async () => {
    await browser?.close();
    await gantry?.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  return {
    get url() {
      return gantry.url;
    },
    get api() {
      return api;
    },
    async open(path, { signedIn = true, width = 1440, height = 900, theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      if (signedIn) await context.request.post(`${gantry.url}/v1/session`, { data: admin });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // Chromium says this of each refusal too, and refusals are part of what the journeys walk through.
        const isRefusal = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
        if (message.type() === 'error' && !isRefusal) complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(gantry.url) && !/^(blob|data):/.test(request.url())) {
          complaints.push(`left the origin: ${request.url()}`);
        }
      });
      await page.goto(`${gantry.url}${path}`);
      return page;
    },
    forgive(complaint) {
      complaints = complaints.filter((heard) => !complaint.test(heard));
    },
    async closePages() {
      const [closing, heard] = [contexts, complaints];
      contexts = [];
      complaints = [];
      await Promise.all(closing.map((context) => context.close()));
      expect(heard).toEqual([]);
    },
  };
}

/** What axe finds on the page that would keep somebody out. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Whether the page is wider than its window: nobody should have to scroll sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

/** What the focus is on, as a person would call it. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const here = document.activeElement;
    return here?.labels?.[0]?.textContent ?? here?.getAttribute('aria-label') ?? here?.textContent ?? '';
  })()`);
}
