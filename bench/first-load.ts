import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { RunningGantry } from '../tests/running-gantry.ts';
import { administratorSettings, dataRow, openBrowser, openPage } from './browser.ts';
import { prepareData } from './prepared.ts';
import { atMost, type BenchContext, type BenchResult, told } from './result.ts';
import { ofRounds } from './statistics.ts';

const entities = 10_000;
const catalogPage = '/e/service';
/** The page counts as interactive when nothing has kept it busy for so long (ms) since rows were there. */
const quiet = 500;

/** P9: what a browser that has never been here loads, and how long a person waits, before the catalog can be used. */
export async function firstLoad({ workdir, quick, note }: BenchContext): Promise<BenchResult[]> {
  const dataDir = join(workdir, 'data');
  await prepareData(dataDir, entities);
  const gantry = await RunningGantry.start(dataDir, administratorSettings);
  const browser = await openBrowser();
  const loads: Load[] = [];
  try {
    for (let round = 0; round < (quick ? 2 : 7); round++) {
      const load = await loadOnce(browser, gantry.url);
      loads.push(load);
      note(`round ${round + 1}: ${load.kilobytes.toFixed(0)} KB, interactive after ${load.interactive.toFixed(2)} s`);
    }
  } finally {
    await browser.close();
    await gantry.stop();
  }
  const figure = (key: keyof Load) => ofRounds(loads.map((load) => load[key]));
  const id = 'P9';
  return [
    atMost(300, {
      id,
      what: 'Compressed JavaScript before the catalog shows rows',
      unit: 'KB',
      ...figure('kilobytes'),
    }),
    atMost(1.5, { id, what: 'First visit until the catalog is interactive', unit: 's', ...figure('interactive') }),
    told({ id, what: 'First visit until the catalog shows rows', unit: 's', ...figure('rows') }),
    told({ id, what: 'Scripts by then', unit: '', ...figure('scripts') }),
  ];
}

interface Load {
  /** Of 1000 bytes, as they came over the network. */
  readonly kilobytes: number;
  readonly scripts: number;
  /** Seconds. */
  readonly rows: number;
  readonly interactive: number;
}

interface Watched {
  readonly rowsAt: number;
  readonly longTasks: readonly { readonly start: number; readonly end: number }[];
}

async function loadOnce(browser: Browser, url: string): Promise<Load> {
  const page = await openPage(browser, url);
  const scripts = await watchScripts(page);
  await page.goto(catalogPage, { waitUntil: 'commit' });
  await page.locator(dataRow).first().waitFor();
  await pause(quiet * 3);
  const watched: Watched = await page.evaluate('globalThis.gantryBench');
  await page.context().close();
  const before = scripts().filter(({ at }) => at * 1000 <= watched.rowsAt);
  return {
    kilobytes: before.reduce((sum, { bytes }) => sum + bytes, 0) / 1000,
    scripts: before.length,
    rows: watched.rowsAt / 1000,
    interactive: quietAfter(watched) / 1000,
  };
}

/** When the long tasks that began before or soon after the rows were over. */
function quietAfter({ rowsAt, longTasks }: Watched): number {
  let moment = rowsAt;
  for (const { start, end } of longTasks) if (start < moment + quiet) moment = Math.max(moment, end);
  return moment;
}

/** Listens to the network. @returns gives the scripts that have arrived: bytes, and seconds since the page was asked for */
async function watchScripts(page: Page): Promise<() => { bytes: number; at: number }[]> {
  const network = await page.context().newCDPSession(page);
  /** What came before the body, in bytes. */
  const heads = new Map<string, number>();
  const arrived: { bytes: number; at: number }[] = [];
  let start: number | undefined;
  network.on('Network.requestWillBeSent', ({ timestamp }) => {
    start ??= timestamp;
  });
  network.on('Network.responseReceived', ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) heads.set(requestId, response.encodedDataLength);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    const head = heads.get(requestId);
    if (head !== undefined) arrived.push({ bytes: encodedDataLength - head, at: timestamp - (start ?? timestamp) });
  });
  await network.send('Network.enable');
  return () => arrived;
}
