import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { RunningGantry } from '../tests/running-gantry.ts';
import { administratorSettings, dataRow, openBrowser, openPage } from './browser.ts';
import { poolOf } from './database.ts';
import { countsOf } from './generate.ts';
import { Line } from './http.ts';
import { loadCatalog } from './load-catalog.ts';
import { atMost, type BenchContext, type BenchResult, told } from './result.ts';
import { ofRounds, percentile } from './statistics.ts';
import { declareModel } from './upload.ts';

/** 45 of 100 entities are services: these are 100,000 of them. */
const entities = 222_222;

/** P10: a table with 100,000 rows, scrolled with the wheel and by jumps; a page that only scrolls takes turns with it. */
export async function scroll({ workdir, quick, note }: BenchContext): Promise<BenchResult[]> {
  const total = Math.round(quick ? entities / 10 : entities);
  const gantry = await RunningGantry.start(join(workdir, 'data'), administratorSettings);
  const browser = await openBrowser();
  try {
    note(`writing ${total} entities`);
    await writeEntities(gantry, total);
    const ours: Round[] = [];
    const peers: Round[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      ours.push(await scrollOnce(await openTable(browser, gantry.url), quick));
      peers.push(await scrollOnce(await openPlainList(browser, gantry.url), quick));
      note(`round ${round + 1}: p95 frame ${ours.at(-1)?.p95.toFixed(1)} ms, peer ${peers.at(-1)?.p95.toFixed(1)} ms`);
    }
    return report(countsOf(total).service, ours, peers);
  } finally {
    await browser.close();
    await gantry.stop();
  }
}

async function openTable(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser, url);
  await page.goto('/e/service');
  await page.locator(dataRow).first().waitFor();
  return page;
}

/** Some thousand lines of text, and no script: the best that this browser on this machine can do at the moment. */
async function openPlainList(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser, url);
  await page.goto('/healthz');
  const lines = Array.from({ length: 3000 }, (_, line) => `<div style="height:36px">line ${line}</div>`).join('');
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(plainGrid(lines))}`);
  return page;
}

const plainGrid = (lines: string) => `<div role="grid" style="height:800px;overflow:auto">${lines}</div>`;

async function writeEntities(gantry: RunningGantry, total: number): Promise<void> {
  const line = await Line.open(gantry, 1);
  const pool = poolOf(gantry, 1);
  await declareModel(line);
  line.close();
  await loadCatalog(pool, total);
  await pool.end();
}

interface Round {
  /** Milliseconds between frames. */
  readonly p50: number;
  readonly p95: number;
  readonly mostRows: number;
}

interface Watched {
  readonly frames: readonly number[];
  readonly mostRows: number;
}

/** Wheels down for some time, with a jump to anywhere now and then. */
async function scrollOnce(page: Page, quick: boolean): Promise<Round> {
  await page.locator('[role=grid]').hover();
  await page.evaluate('gantryBench.watchFrames()');
  const end = performance.now() + (quick ? 2000 : 5000);
  for (let turn = 1; performance.now() < end; turn++) {
    await page.mouse.wheel(0, 300);
    if (turn % 60 === 0) {
      const grid = "document.querySelector('[role=grid]')";
      await page.evaluate(`${grid}.scrollTop = ${Math.random()} * ${grid}.scrollHeight`);
    }
    await pause(12);
  }
  await page.evaluate('gantryBench.stopWatching()');
  const { frames, mostRows }: Watched = await page.evaluate('gantryBench');
  await page.context().close();
  return { p50: percentile(frames, 0.5), p95: percentile(frames, 0.95), mostRows };
}

function report(rows: number, ours: readonly Round[], peers: readonly Round[]): BenchResult[] {
  const id = 'P10';
  const figure = (rounds: readonly Round[], key: keyof Round) => ofRounds(rounds.map((round) => round[key]));
  const frames = figure(ours, 'p95');
  const ratio = frames.value / figure(peers, 'p95').value;
  const what = `Scrolling ${rows} rows: p95 of the time between frames`;
  return [
    atMost(25, { id, what, unit: 'ms', ...frames, ratio }),
    atMost(150, { id, what: 'Most row nodes at once', unit: 'rows', ...figure(ours, 'mostRows') }),
    told({ id, what: 'Median of the time between frames', unit: 'ms', ...figure(ours, 'p50') }),
    told({ id, what: 'Peer: p95 of a page of plain lines, scrolled the same', unit: 'ms', ...figure(peers, 'p95') }),
  ];
}
