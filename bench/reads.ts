import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { connectionOf, RunningGantry } from '../tests/running-gantry.ts';
import { poolOf } from './database.ts';
import { Line } from './http.ts';
import { type LoadFigures, load, requestText } from './http-load.ts';
import { loadCatalog } from './load-catalog.ts';
import { otherPages, type PageRequest, usualPage } from './page-requests.ts';
import { statementOf } from './page-statements.ts';
import { hasPgbench, pgbench } from './pgbench.ts';
import { type BenchContext, type BenchResult, ratioAtLeast, told } from './result.ts';
import { declareModel } from './upload.ts';

const small = 100_000;
const large = 1_000_000;
const connections = 32;
/** Requests a second of Backstage on such a machine: `by-query` at 10,000 entities, and one entity by name. */
const backstage = { pages: 216, byName: 1242 };
const pages = [usualPage, ...otherPages];

/** P2: pages and single entities out of 100,000, beside pgbench running the very statement. */
export async function reads(context: BenchContext): Promise<BenchResult[]> {
  return withCatalog(context, context.quick ? 20_000 : small, async (the) => {
    const page = await measurePage(the, usualPage);
    const entity = await measure(the, await namesOf(the));
    const id = 'P2';
    const what = `Page of 50 out of ${the.total}, two filters and a sort, ${connections} connections`;
    const figure = { id, what, value: Math.round(page.perSecond), unit: 'requests/s' };
    const single = { id, what: 'One entity by name', value: Math.round(entity.perSecond), unit: 'requests/s' };
    const peers = hasPgbench() ? [await besidePgbench(the, page.perSecond, figure)] : [told(figure)];
    return [
      ...peers,
      ratioAtLeast(8, 'Backstage, measured at 10,000', { ...figure, ratio: ratio(page.perSecond, backstage.pages) }),
      ratioAtLeast(4, 'Backstage, measured', { ...single, ratio: ratio(entity.perSecond, backstage.byName) }),
      ...(await tellOthers(the)),
    ];
  });
}

/** P3: pages at 1,000,000 entities against 100,000. */
export async function growth(context: BenchContext): Promise<BenchResult[]> {
  const [few, many] = context.quick ? [20_000, 200_000] : [small, large];
  const before = await withCatalog(context, few, measurePages);
  const after = await withCatalog(context, many, measurePages);
  return pages.map((request, index) => {
    const [early, late] = [before[index]?.p95 ?? Number.NaN, after[index]?.p95 ?? Number.NaN];
    const what = `p95 of a page ${describe(request)}, ${many} entities (${few}: ${early.toFixed(1)} ms)`;
    const grown = { id: 'P3', what, value: round(late), unit: 'ms', ratio: ratio(late, early) };
    return { ...grown, budget: `≤ 2 × at ${few}`, met: grown.ratio <= 2 };
  });
}

/** A Gantry with a catalog in it, as the measurements use it. */
interface Measured {
  readonly gantry: RunningGantry;
  readonly pool: pg.Pool;
  readonly token: string;
  readonly total: number;
  readonly seconds: number;
  readonly workdir: string;
}

async function withCatalog<T>(
  { workdir, quick, note }: BenchContext,
  total: number,
  work: (the: Measured) => Promise<T>,
): Promise<T> {
  const dataDir = join(workdir, String(total));
  mkdirSync(dataDir, { recursive: true });
  const gantry = await RunningGantry.start(dataDir);
  const pool = poolOf(gantry, 2);
  try {
    const line = await Line.open(gantry, 2);
    await declareModel(line);
    note(`writing ${total} entities`);
    await loadCatalog(pool, total);
    await warmUp(line, pool, note);
    line.close();
    return await work({ gantry, pool, token: await gantry.token(), total, seconds: quick ? 3 : 8, workdir });
  } finally {
    await pool.end();
    await gantry.stop();
  }
}

/** What a load leaves to do (the first tidying) is not what is measured. */
const SETTLING_MS = 5_000;

/** The first slow page in an order has an index made for it. */
async function warmUp(line: Line, pool: pg.Pool, note: BenchContext['note']): Promise<void> {
  for (let round = 0; round < 4; round++) {
    for (const { blueprint, body } of pages) {
      await line.send('POST', `/v1/blueprints/${blueprint}/entities/search`, JSON.stringify(body));
    }
    await pause(500);
  }
  const underWay = "select from pg_stat_activity where state = 'active' and query like 'create index concurrently%'";
  while (((await pool.query(underWay)).rowCount ?? 0) > 0) await pause(250);
  const { rowCount } = await pool.query('select from order_index');
  note(`${rowCount} orders have got an index`);
  spawnSync('sync');
  await pause(SETTLING_MS);
}

function measurePage(the: Measured, { blueprint, body }: PageRequest): Promise<LoadFigures> {
  const url = new URL(`/v1/blueprints/${blueprint}/entities/search`, the.gantry.url);
  return measure(the, [requestText('POST', url, the.token, body)]);
}

async function measurePages(the: Measured): Promise<LoadFigures[]> {
  const figures: LoadFigures[] = [];
  for (const request of pages) figures.push(await measurePage(the, request));
  return figures;
}

async function namesOf({ pool, gantry, token }: Measured): Promise<string[]> {
  const { rows } = await pool.query<{ identifier: string }>(
    `select e.identifier from entity e join blueprint b on b.id = e.blueprint_id
     where b.identifier = 'service' order by hashtext(e.identifier) limit 1000`,
  );
  return rows.map(({ identifier }) => {
    const path = `/v1/blueprints/service/entities/${encodeURIComponent(identifier)}`;
    return requestText('GET', new URL(path, gantry.url), token);
  });
}

async function measure({ gantry, seconds }: Measured, requests: readonly string[]): Promise<LoadFigures> {
  let turn = 0;
  const nextRequest = () => requests[turn++ % requests.length] ?? '';
  await load({ url: gantry.url, connections, seconds: 1, nextRequest });
  return load({ url: gantry.url, connections, seconds, nextRequest });
}

async function pgbenchRate({ pool, gantry, workdir, seconds }: Measured, request: PageRequest): Promise<number> {
  const statements = [await statementOf(pool, request)];
  return pgbench({ workdir, connection: connectionOf(gantry.dataDir), statements, connections, seconds });
}

async function besidePgbench(
  the: Measured,
  perSecond: number,
  figure: Omit<BenchResult, 'budget' | 'met'>,
): Promise<BenchResult> {
  const peer = await pgbenchRate(the, usualPage);
  return ratioAtLeast(0.5, 'pgbench at the same SQL', { ...figure, ratio: ratio(perSecond, peer) });
}

async function tellOthers(the: Measured): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const request of otherPages) {
    const { perSecond } = await measurePage(the, request);
    const figure = { id: 'P2', what: `Page ${describe(request)}`, value: Math.round(perSecond), unit: 'requests/s' };
    const peer = hasPgbench() ? { ratio: ratio(perSecond, await pgbenchRate(the, request)) } : {};
    results.push(told({ ...figure, ...peer }));
  }
  return results;
}

function describe({ body }: PageRequest): string {
  const { rules } = body.query as { rules: { value: string }[] };
  const [{ property = '', order = '' } = {}] = body.sort as { property: string; order: string }[];
  return `of ${rules.map(({ value }) => value).join(' and ')} by ${property} ${order}`;
}

const round = (value: number) => Math.round(value * 100) / 100;
const ratio = (value: number, peer: number) => round(value / peer);
